import { sum } from 'simple-statistics';
import { checkValues } from './check-values.js';
import { normalSurvival } from './normal-distribution.js';
import { placements } from './placements.js';

/** Whether the values of one sample tend to be larger than those of another. */
export interface MannWhitney {
  /** U: the pairs in which a's value is larger, those equal counting one half; in [0, m n]. */
  readonly statistic: number;
  /** Chance of a U at least as far from m n / 2, were both of one distribution; in the limit of large samples. */
  readonly p: number;
  /** Chance of a U at least as large, were a's values not larger than b's: small where they are. */
  readonly greaterP: number;
  /** Chance of a U at most as large, were a's values not lower than b's: small where they are. */
  readonly lessP: number;
}

/**
 * The Mann-Whitney U test (Wilcoxon's rank-sum test), two-sided and to either side, by the normal limit with its variance corrected for
 * ties and a continuity correction of 1/2: SciPy's `mannwhitneyu` with `method='asymptotic'`.
 *
 * The null is that both samples are of one distribution; {@link brunnerMunzel} tests the weaker one that neither tends to
 * be larger. The limit serves from some 8 values in each. p is 1 where all values are equal. O(n log n) time.
 *
 * @throws InvalidInputError where a sample is empty or a value is not finite.
 * @example
 * import { mannWhitney } from '@netspace/statistics';
 * const { statistic, p } = mannWhitney([1, 2, 3, 4, 5], [4, 6, 7, 8, 9]);
 * statistic; // => 1.5
 * p.toFixed(4); // => '0.0278'
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): MannWhitney {
  checkValues('a', a);
  checkValues('b', b);
  const pairs = a.length * b.length;
  const statistic = sum(placements(a, b));
  const spread = Math.sqrt(variance(pairs, [...a, ...b]));
  const beyond = (distance: number): number => (spread === 0 ? 1 : normalSurvival((distance - 0.5) / spread));
  const [greaterP, lessP] = [beyond(statistic - pairs / 2), beyond(pairs / 2 - statistic)];
  return { statistic, p: Math.min(1, 2 * Math.min(greaterP, lessP)), greaterP, lessP };
}

/** m n / 12 (N + 1 - sum over ties of (t^3 - t) / (N (N - 1))) */
function variance(pairs: number, pooled: readonly number[]): number {
  const size = pooled.length;
  return (pairs / 12) * (size + 1 - tieTerm(pooled) / (size * (size - 1)));
}

function tieTerm(pooled: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of pooled) counts.set(value, (counts.get(value) ?? 0) + 1);
  return sum([...counts.values()].map((count) => count ** 3 - count));
}
