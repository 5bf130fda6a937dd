import { Matrix, SVD } from 'ml-matrix';
import { checkValues, fail } from './check-values.js';

/** A linear prediction with a penalty on its size. */
export interface RidgeRegression {
  /** Share of the variance of y that it explains of points it was not fitted to (leave one out); 0 where it explains none. */
  readonly r2: number;
  /** The penalty that was chosen, on coefficients of standardised columns. */
  readonly penalty: number;
  /** @param point - A number for each column. */
  predict(point: readonly number[]): number;
}

/** Penalties that are tried, as shares of the largest squared singular value: 10^-6 to 10. */
const penalties = Array.from({ length: 29 }, (_, index) => 10 ** (-6 + index / 4));

/**
 * Fits y = intercept + coefficients . x by least squares with a penalty, which is the one of a grid that predicts best when
 * each point is left out in turn (exactly, by the leverages). Columns are standardised; those that do not vary count nothing.
 *
 * @param x - At least three points, of as many numbers each.
 * @param y - One number for each.
 * @throws InvalidInputError where there are fewer than three points, a number is not finite, or lengths differ.
 * @example
 * import { fitRidge } from '@netspace/statistics/ridge-regression';
 * const x = Array.from({ length: 20 }, (_, i) => [i, i % 3]);
 * const fit = fitRidge(x, x.map(([a = 0]) => 2 * a + 1));
 * fit.predict([30, 0]).toFixed(2); // => '61.00'
 * fit.r2.toFixed(3); // => '1.000'
 */
export function fitRidge(x: readonly (readonly number[])[], y: readonly number[]): RidgeRegression {
  checkPoints(x, y);
  const columns = standardisationOf(x);
  const mean = meanOf(y);
  const centred = y.map((value) => value - mean);
  const total = sumOfSquares(centred);
  const points = x.map((point) => standardised(point, columns));
  if (points[0]!.length === 0 || total === 0) return { r2: 0, penalty: 0, predict: () => mean };
  const svd = new SVD(new Matrix(points), { autoTranspose: true });
  const projected = projectionOf(svd, centred);
  const fits = penalties.map((share) => fitOf(svd, projected, centred, share * svd.diagonal[0]! ** 2));
  const best = fits.reduce((a, b) => (b.leftOut < a.leftOut ? b : a));
  // Where even the best is worse than the mean of the others, the mean it is.
  const ofMean = total * (y.length / (y.length - 1)) ** 2;
  if (best.leftOut >= ofMean) return { r2: 0, penalty: Infinity, predict: () => mean };
  const coefficients = coefficientsOf(svd, projected, best);
  const predict = (point: readonly number[]): number =>
    standardised(point, columns).reduce((sum, value, column) => sum + value * coefficients[column]!, mean);
  return { r2: 1 - best.leftOut / ofMean, penalty: best.penalty, predict };
}

function checkPoints(x: readonly (readonly number[])[], y: readonly number[]): void {
  checkValues('y', y, 3);
  if (x.length !== y.length) fail('x', `${x.length} points`, `${y.length}, one for each y`);
  x.forEach((point, index) => {
    if (point.length !== x[0]!.length) fail(`x[${index}]`, `${point.length} numbers`, `${x[0]!.length}`);
    checkValues(`x[${index}]`, point, 0);
  });
}

/** A column that varies. */
interface Column {
  readonly index: number;
  readonly mean: number;
  readonly deviation: number;
}

function standardisationOf(x: readonly (readonly number[])[]): Column[] {
  return x[0]!.flatMap((_, index): Column[] => {
    const values = x.map((point) => point[index]!);
    const mean = meanOf(values);
    const deviation = Math.sqrt(sumOfSquares(values.map((value) => value - mean)) / values.length);
    return deviation > 1e-12 * Math.abs(mean) ? [{ index, mean, deviation }] : [];
  });
}

function standardised(point: readonly number[], columns: readonly Column[]): number[] {
  return columns.map(({ index, mean, deviation }) => (point[index]! - mean) / deviation);
}

interface PenalisedFit {
  readonly penalty: number;
  /** s^2 / (s^2 + penalty) of each singular value s. */
  readonly shrunk: readonly number[];
  /** Sum of squared errors of each point by the fit to the others. */
  readonly leftOut: number;
}

/** U'y. */
function projectionOf({ leftSingularVectors: u, diagonal }: SVD, y: readonly number[]): number[] {
  return diagonal.map((_, k) => y.reduce((sum, value, row) => sum + value * u.get(row, k), 0));
}

/** V diag(s / (s^2 + penalty)) U'y. */
function coefficientsOf(
  { rightSingularVectors: v, diagonal }: SVD,
  projected: readonly number[],
  { shrunk }: PenalisedFit,
): number[] {
  return Array.from({ length: v.rows }, (_, column) =>
    diagonal.reduce((sum, s, k) => (s === 0 ? sum : sum + (v.get(column, k) * shrunk[k]! * projected[k]!) / s), 0),
  );
}

/** The fit of y, whose mean is 0. */
function fitOf(svd: SVD, projected: readonly number[], y: readonly number[], penalty: number): PenalisedFit {
  const { leftSingularVectors: u, diagonal } = svd;
  const shrunk = diagonal.map((s) => (s * s) / (s * s + penalty || 1));
  const leftOut = y.reduce((sum, value, row) => {
    let fitted = 0;
    // The intercept, which no penalty shrinks, takes 1 / n of each point's leverage.
    let leverage = 1 / y.length;
    for (let k = 0; k < diagonal.length; k++) {
      const weight = u.get(row, k) * shrunk[k]!;
      fitted += weight * projected[k]!;
      leverage += weight * u.get(row, k);
    }
    return sum + ((value - fitted) / Math.max(1 - leverage, 1e-12)) ** 2;
  }, 0);
  return { penalty, shrunk, leftOut };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
