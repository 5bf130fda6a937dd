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

function solve(n: number, confidence: number): LearnedMillerBand {
  const broken = 1 - confidence;
  const excess = (tail: number): number => {
    const { lower, upper } = boundsOf(n, tail);
    return orderStatisticsWithin(lower, upper) - confidence;
  };
  // Were all bounds broken at different times, or all at once.
  const tail = findRoot(excess, broken / (2 * n), broken / 2);
  const { lower, upper } = boundsOf(n, tail);
  return { tail, lower: [...lower], upper: [...upper] };
}

/** The i-th from below is as far from 0 as the i-th from above is from 1. */
function boundsOf(n: number, tail: number): { lower: Float64Array; upper: Float64Array } {
  const lower = Float64Array.from({ length: n }, (_, index) => betaQuantile(tail, index + 1, n - index));
  const upper = lower.map((_, index) => 1 - lower[n - 1 - index]!);
  return { lower, upper };
}
