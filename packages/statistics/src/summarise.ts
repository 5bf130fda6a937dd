import type { Summary } from '@netspace/contracts';
import { max, mean, min } from 'simple-statistics';
import { checkValues } from './check-values.js';
import { percentile } from './percentile.js';

/**
 * The numbers of a table row: n, minimum, quartiles, median, maximum, mean; the quartiles and the median as
 * {@link percentile} defines them.
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
