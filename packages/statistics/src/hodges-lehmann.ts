import type { Interval } from '@netspace/contracts';
import { checkConfidence, checkValues } from './check-values.js';
import { normalQuantile } from './normal-distribution.js';

/** By how much the values of one sample are larger than those of another. */
export interface HodgesLehmann {
  /** The median of all differences a - b. */
  readonly shift: number;
  /** Moses' confidence interval of the shift; null where the samples are too small to have one. */
  readonly interval: Interval | null;
}

/**
 * The Hodges-Lehmann estimate of the shift between two samples: the median of all m n differences a - b (Hodges and
 * Lehmann, Annals of Mathematical Statistics 34(2), 1963), with Moses' confidence interval.
 *
 * The interval holds the shifts that the two-sided Mann-Whitney test does not reject: from the k-th smallest to the k-th
 * largest difference, k = floor(m n / 2 - z sqrt(m n (m + n + 1) / 12) + 1/2), the quantile of U by its normal limit with
 * continuity correction (Hollander, Wolfe and Chicken, "Nonparametric Statistical Methods", 2014, section 4.3). It assumes
 * that b's distribution is a's, shifted; where shapes differ much, {@link bootstrapDifference} assumes less. Ties leave it
 * valid, and a little wider than need be, as U varies less with them. O((m + n) log(m n)) time, O(m + n) memory.
 *
 * @param confidence - In (0, 1); 0.95 unless told.
 * @throws InvalidInputError where a sample is empty, a value is not finite or the confidence is outside its range.
 * @example
 * import { hodgesLehmann } from '@netspace/statistics';
 * hodgesLehmann([11, 12, 14, 15, 19], [1, 2, 4, 5, 9]); // => { shift: 10, interval: { low: 5, high: 15 } }
 */
export function hodgesLehmann(a: readonly number[], b: readonly number[], confidence = 0.95): HodgesLehmann {
  checkValues('a', a);
  checkValues('b', b);
  checkConfidence(confidence);
  const [ascending, others] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
  const difference = (rank: number): number => differenceOfRank(ascending, others, rank);
  const count = a.length * b.length;
  const lower = difference(Math.floor((count - 1) / 2));
  const { atMost, next } = around(ascending, others, lower);
  const shift = (lower + (atMost > Math.floor(count / 2) ? lower : next)) / 2;
  const k = criticalRank(a.length, b.length, confidence);
  return { shift, interval: k < 1 ? null : { low: difference(k - 1), high: difference(count - k) } };
}

/**
 * The difference a - b that so many others come before, of all m n: halves the range that it is in, between differences that
 * there are, until one is left.
 *
 * @param a - Ascending, as `b`.
 * @param rank - From 0.
 */
function differenceOfRank(a: Float64Array, b: Float64Array, rank: number): number {
  let low = a[0]! - b.at(-1)!;
  let high = a.at(-1)! - b[0]!;
  while (low < high) {
    const middle = low + (high - low) / 2;
    // Between neighbours there is none.
    const { atMost, largest, next } = around(a, b, middle < high ? middle : low);
    if (atMost > rank) high = largest;
    else low = next;
  }
  return low;
}

/** How many differences are at most x, the largest of them, and the smallest above x. */
function around(a: Float64Array, b: Float64Array, x: number): { atMost: number; largest: number; next: number } {
  let [atMost, largest, next] = [0, -Infinity, Infinity];
  // The larger a is, the more of b are too small: those before `first`.
  let first = 0;
  for (const value of a) {
    while (first < b.length && value - b[first]! > x) first++;
    atMost += b.length - first;
    if (first < b.length && value - b[first]! > largest) largest = value - b[first]!;
    if (first > 0 && value - b[first - 1]! < next) next = value - b[first - 1]!;
  }
  return { atMost, largest, next };
}

/** The largest k for which U < k has at most half the chance that the confidence leaves. */
function criticalRank(m: number, n: number, confidence: number): number {
  const spread = Math.sqrt((m * n * (m + n + 1)) / 12);
  return Math.floor((m * n) / 2 + normalQuantile((1 - confidence) / 2) * spread + 0.5);
}
