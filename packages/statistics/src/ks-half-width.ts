import { checkConfidence, checkSize } from './check-values.js';
import { dkwHalfWidth } from './dkw-half-width.js';
import { findRoot } from './find-root.js';
import { orderStatisticsWithin } from './order-statistics-within.js';

/**
 * Half the width of the Kolmogorov-Smirnov band: the EDF of n independent values is nowhere further than this from the
 * true distribution function, with exactly this confidence where that is continuous, and at least this where not.
 *
 * It is the quantile of the one-sample statistic D_n for n values, not of its limit, to 1e-11. O(n^2) time: some
 * tenths of a second for 1,000 values.
 *
 * @param n - Number of values, at least 1.
 * @param confidence - In (0, 1).
 * @throws InvalidInputError where n or the confidence is outside its range.
 * @example
 * import { ksHalfWidth } from '@netspace/statistics';
 * ksHalfWidth(100, 0.95).toFixed(4); // => '0.1340'
 */
export function ksHalfWidth(n: number, confidence: number): number {
  checkSize(n);
  checkConfidence(confidence);
  // D_n is at least 1 / (2 n), and the Dvoretzky-Kiefer-Wolfowitz width is never too small.
  const from = 1 / (2 * n);
  const to = Math.max(from, dkwHalfWidth(n, confidence));
  return findRoot((halfWidth) => chanceWithin(n, halfWidth) - confidence, from, to);
}

/** Chance that D_n is at most `halfWidth`: that (i - 1) / n + halfWidth >= U_(i) >= i / n - halfWidth for i from 1. */
function chanceWithin(n: number, halfWidth: number): number {
  const lower = Float64Array.from({ length: n }, (_, index) => Math.max(0, (index + 1) / n - halfWidth));
  const upper = Float64Array.from({ length: n }, (_, index) => Math.min(1, index / n + halfWidth));
  return orderStatisticsWithin(lower, upper);
}
