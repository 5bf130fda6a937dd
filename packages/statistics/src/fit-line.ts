import type { LineFit } from '@netspace/contracts';
import { linearRegression, rSquared } from 'simple-statistics';
import { checkPairs, checkVaries, fail } from './check-values.js';

/**
 * The line y = intercept + slope x of least squared error.
 *
 * @param x - At least two values, not all equal.
 * @param y - As many.
 * @throws InvalidInputError where there are fewer than two points, a number is not finite, the lengths differ, or x
 * does not vary.
 * @example
 * import { fitLine } from '@netspace/statistics';
 * fitLine([0, 1, 2], [1, 3, 5]); // => { intercept: 1, slope: 2, r2: 1 }
 */
export function fitLine(x: readonly number[], y: readonly number[]): LineFit {
  checkPairs(x, y, 2);
  checkVaries('x', x);
  const points = x.map((value, index) => [value, y[index]!]);
  const { m: slope, b: intercept } = linearRegression(points);
  const varies = y.some((value) => value !== y[0]);
  return { intercept, slope, r2: varies ? rSquared(points, (value) => intercept + slope * value) : 1 };
}

/**
 * The curve y = intercept + slope sqrt(x) of least squared error: how activations of the best networks grow with flops
 * (paper, section 4, figure 12).
 *
 * @param x - At least two values, not all equal, none negative.
 * @param y - As many.
 * @throws InvalidInputError as {@link fitLine}, and where an x is negative.
 * @example
 * import { fitSquareRoot } from '@netspace/statistics';
 * fitSquareRoot([0, 1, 4], [1, 3, 5]); // => { intercept: 1, slope: 2, r2: 1 }
 */
export function fitSquareRoot(x: readonly number[], y: readonly number[]): LineFit {
  const negative = x.findIndex((value) => value < 0);
  if (negative >= 0) fail(`x[${negative}]`, x[negative]!, 'a number of at least 0');
  return fitLine(x.map(Math.sqrt), y);
}
