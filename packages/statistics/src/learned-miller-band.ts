import { betaQuantile } from './beta-distribution.js';
import { checkConfidence, checkSize } from './check-values.js';
import { findRoot } from './find-root.js';
import { orderStatisticsWithin } from './order-statistics-within.js';

/** Bounds of a distribution function F at the order statistics of a sample, that hold all together. */
export interface LearnedMillerBand {
  /** Chance that F at any one order statistic is below its lower bound; also that it is above its upper bound. */
  readonly tail: number;
  /** Lower bound of F at the smallest value, the second smallest, ... */
  readonly lower: readonly number[];
  /** Upper bound of F at the same. */
  readonly upper: readonly number[];
}

/**
 * The simultaneous band around a distribution function F whose bounds are as likely to be broken at every order
 * statistic, and on either side (Learned-Miller and DeStefano, "A Probabilistic Upper Bound on Differential Entropy", IEEE
 * Transactions on Information Theory 54(11), 2008).
 *
 * F at the i-th of n independent values is distributed as Beta(i, n - i + 1), whatever F is, if continuous; its bounds are
 * the `tail` and 1 - `tail` quantiles of that. `tail` is such that all 2 n bounds hold together with exactly this
 * confidence: it is solved for, to 1e-11, not simulated. Where F has steps the band holds with at least this confidence.
 * It is narrow in the tails, where the best networks are, and little wider in the middle than one of constant width.
 *
 * O(n^2) time; some tenths of a second for 1,000 values.
 *
 * @param n - Number of values, at least 1.
 * @param confidence - In (0, 1).
 * @throws InvalidInputError where n or the confidence is outside its range.
 * @example
 * import { learnedMillerBand } from '@netspace/statistics';
 * const { lower, upper } = learnedMillerBand(100, 0.95);
 * [lower[0]?.toFixed(4), upper[0]?.toFixed(4)]; // => ['0.0000', '0.0659']
 * [lower[49]?.toFixed(4), upper[49]?.toFixed(4)]; // => ['0.3461', '0.6446']
 */
export function learnedMillerBand(n: number, confidence: number): LearnedMillerBand {
  checkSize(n);
  checkConfidence(confidence);
  const key = `${n} ${confidence}`;
  const band = known.get(key) ?? solve(n, confidence);
  known.delete(key);
  known.set(key, band);
  if (known.size > mostKnown) known.delete(known.keys().next().value!);
  return band;
}

/** The bands that were asked for last: of spaces with as many networks they are the same. */
const known = new Map<string, LearnedMillerBand>();
const mostKnown = 32;

/**
 * ln(-ln P) of the chance P that all bounds hold is nearly a line against ln(tail), so that few steps find where it is that of
 * the confidence.
 */
function solve(n: number, confidence: number): LearnedMillerBand {
  const broken = 1 - confidence;
  const wanted = looseness(confidence);
  const excess = (logTail: number): number => {
    const { lower, upper } = boundsOf(n, Math.exp(logTail));
    const difference = looseness(orderStatisticsWithin(lower, upper)) - wanted;
    // Less than the noise of the chances.
    return Math.abs(difference) < 1e-12 ? 0 : difference;
  };
  // Were all bounds broken at different times, or all at once.
  const tail = Math.exp(findRoot(excess, Math.log(broken / (2 * n)), Math.log(broken / 2), 1e-13));
  const { lower, upper } = boundsOf(n, tail);
  return { tail, lower: [...lower], upper: [...upper] };
}

/** ln(-ln chance); finite where the chance rounds to 0 or 1. */
function looseness(chance: number): number {
  return Math.log(-Math.log(Math.min(Math.max(chance, Number.MIN_VALUE), 1 - Number.EPSILON / 2)));
}

/** The i-th from below is as far from 0 as the i-th from above is from 1. */
function boundsOf(n: number, tail: number): { lower: Float64Array; upper: Float64Array } {
  const lower = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    // Bounds rise by nearly the same from one to the next.
    const guess = i < 2 ? undefined : Math.min(2 * lower[i - 1]! - lower[i - 2]!, (1 + lower[i - 1]!) / 2);
    lower[i] = betaQuantile(tail, i + 1, n - i, guess);
  }
  const upper = lower.map((_, index) => 1 - lower[n - 1 - index]!);
  return { lower, upper };
}
