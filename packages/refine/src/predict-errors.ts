import { fitRidge } from '@netspace/statistics/ridge-regression';
import { mean, standardDeviation } from 'simple-statistics';

/** Predicts errors from features. */
export interface ErrorPrediction {
  /** Share of the errors' variance that it explains of networks which it was not fitted to; 0 to 1. */
  readonly r2: number;
  readonly predict: (features: readonly number[]) => number;
}

/**
 * A prediction of errors: ridge regression on the features, with or without their squares, whichever explains more of
 * networks left out in turn. It stays within the errors that it has seen.
 *
 * It need not be right: comparisons that use it are unbiased whatever it says, and as much narrower as it explains.
 *
 * @param features - As many numbers for each network; three networks or more.
 * @param errors - One for each, per cent.
 * @example
 * import { predictErrors } from '@netspace/refine';
 * const points = Array.from({ length: 20 }, (_, index) => [index, (index * 7) % 5]);
 * const { r2, predict } = predictErrors(points, points.map(([x]) => 10 + x!));
 * r2 > 0.9; // => true
 * Math.round(predict([10, 2])); // => 20
 */
export function predictErrors(features: readonly (readonly number[])[], errors: readonly number[]): ErrorPrediction {
  const [low, high] = [Math.min(...errors), Math.max(...errors)];
  const standardise = standardisationOf(features);
  const forms = [standardise, (point: readonly number[]) => withSquares(standardise(point))];
  const fits = forms.map((form) => ({ form, fit: fitRidge(features.map(form), errors) }));
  const { form, fit } = fits.reduce((a, b) => (b.fit.r2 > a.fit.r2 ? b : a));
  return { r2: fit.r2, predict: (point) => Math.min(high, Math.max(low, fit.predict(form(point)))) };
}

/** To mean 0 and standard deviation 1; what does not vary becomes 0. */
function standardisationOf(points: readonly (readonly number[])[]): (point: readonly number[]) => number[] {
  const columns = points[0]!.map((_, column) => {
    const values = points.map((point) => point[column]!);
    const [centre, deviation] = [mean(values), standardDeviation(values)];
    return { centre, deviation: deviation > 1e-12 * Math.abs(centre) ? deviation : Infinity };
  });
  return (point) => columns.map(({ centre, deviation }, column) => (point[column]! - centre) / deviation);
}

function withSquares(values: readonly number[]): number[] {
  return [...values, ...values.map((value) => value * value)];
}
