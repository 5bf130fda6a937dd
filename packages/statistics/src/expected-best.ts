import { checkValues, fail } from './check-values.js';

/**
 * The lowest error to expect of m networks drawn at random from a population, without replacement.
 *
 * With the errors ascending, e_1 <= ... <= e_n, the lowest of m is e_r in C(n - r, m - 1) of the C(n, m) subsets, so
 * the expectation is the sum of e_r C(n - r, m - 1) / C(n, m). It is the unbiased estimate of what m fresh draws from
 * the design space give (Tang et al., "Showing Your Work Doesn't Always Work", ACL 2020); its mean at m = 1, its
 * minimum at m = n.
 *
 * @param errors - One a network.
 * @param m - Networks drawn: an integer from 1 to the number of errors.
 * @throws InvalidInputError where there is no error, one is not finite, or m is outside its range.
 * @example
 * import { expectedBest } from '@netspace/statistics';
 * expectedBest([6, 3, 9], 2); // => 4
 */
export function expectedBest(errors: readonly number[], m: number): number {
  checkValues('errors', errors);
  const n = errors.length;
  if (!(Number.isInteger(m) && m >= 1 && m <= n)) fail('m', m, `an integer from 1 to ${n}, the number of errors`);
  let share = m / n;
  let sum = 0;
  for (const [better, error] of [...errors].sort((a, b) => a - b).entries()) {
    sum += share * error;
    share *= (n - m - better) / Math.max(1, n - 1 - better);
  }
  return sum;
}
