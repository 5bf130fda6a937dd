import { max, mean, min } from 'simple-statistics';
import { checkValues } from './check-values.js';
import { percentile } from './percentile.js';

/** A sample in a few numbers; the quartiles and the median as {@link percentile} defines them. */
export interface Summary {
  /** Number of values. */
  readonly n: number;
  readonly min: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly max: number;
  readonly mean: number;
}

/**
 * The numbers of a table row: n, minimum, quartiles, median, maximum, mean.
 *
 * @param errors - One a network.
 * @throws InvalidInputError where there is no error, or one that is not finite.
 * @example
 * import { summarise } from '@netspace/statistics';
 * summarise([3, 1, 2, 10]).mean; // => 4
 */
export function summarise(errors: readonly number[]): Summary {
  checkValues('errors', errors);
  const values = [...errors];
  return {
    n: values.length,
    min: min(values),
    lowerQuartile: percentile(values, 25),
    median: percentile(values, 50),
    upperQuartile: percentile(values, 75),
    max: max(values),
    mean: mean(values),
  };
}
