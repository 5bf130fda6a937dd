import { quantile } from 'simple-statistics';
import { checkValues, fail } from './check-values.js';

/**
 * The p-th percentile: linear between order statistics, at position (n - 1) p / 100 from 0 (R type 7, NumPy's default).
 *
 * @param values - In any order.
 * @param p - Per cent, 0 to 100.
 * @throws InvalidInputError where there is no value, one is not finite, or p is outside its range.
 * @example
 * import { percentile } from '@netspace/statistics';
 * percentile([1, 2, 3, 4], 25); // => 1.75
 */
export function percentile(values: readonly number[], p: number): number {
  checkValues('values', values);
  if (!(p >= 0 && p <= 100)) fail('p', p, 'a number from 0 to 100');
  return quantile([...values], p / 100);
}
