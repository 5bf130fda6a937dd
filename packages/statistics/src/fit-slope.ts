import type { Interval } from '@netspace/contracts';
import { checkConfidence, checkPairs } from './check-values.js';
import { fitLine } from './fit-line.js';
import { tTwoSidedP, tTwoSidedQuantile } from './t-distribution.js';

/** The slope of a line through points, and what it may be besides. */
export interface SlopeFit {
  readonly slope: number;
  readonly interval: Interval;
  /** Chance of a slope as low as this or lower, were the true one `value`. */
  readonly chanceAbove: (value: number) => number;
  /** Chance of a slope as high as this or higher, were the true one `value`. */
  readonly chanceBelow: (value: number) => number;
}

/**
 * The least-squares slope of y on x with Student's t interval; its standard error is the square root of the mean squared
 * deviation from the line, of n - 2 degrees of freedom, over the sum of squares of x about its mean. Assumes that the deviations from the line are independent, of one variance and about normal.
 *
 * @param x - At least three values, not all equal.
 * @param y - As many.
 * @param confidence - In (0, 1); 0.95 unless told.
 * @throws InvalidInputError where there are fewer than three pairs, a number is not finite, the lengths differ, x does not
 * vary or the confidence is outside its range.
 * @example
 * import { fitSlope } from '@netspace/statistics';
 * const { slope, interval } = fitSlope([1, 2, 3, 4], [2, 4, 5, 8]);
 * slope; // => 1.9
 * [interval.low.toFixed(2), interval.high.toFixed(2)]; // => ['0.76', '3.04']
 */
export function fitSlope(x: readonly number[], y: readonly number[], confidence = 0.95): SlopeFit {
  checkPairs(x, y, 3);
  checkConfidence(confidence);
  const { slope, intercept } = fitLine(x, y);
  const freedom = x.length - 2;
  const centre = x.reduce((sum, value) => sum + value, 0) / x.length;
  const residual = y.reduce((sum, value, index) => sum + (value - intercept - slope * x[index]!) ** 2, 0);
  const spread = x.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const error = Math.sqrt(residual / freedom / spread);
  const reach = tTwoSidedQuantile(confidence, freedom) * error;
  return {
    slope,
    interval: { low: slope - reach, high: slope + reach },
    chanceAbove: (value) => lowerTail(slope - value, error, freedom),
    chanceBelow: (value) => lowerTail(value - slope, error, freedom),
  };
}

/** Chance that Student's t times `error` is at most `distance`. */
function lowerTail(distance: number, error: number, freedom: number): number {
  if (error === 0) return distance < 0 ? 0 : 1;
  const half = tTwoSidedP(distance / error, freedom) / 2;
  return distance < 0 ? half : 1 - half;
}
