import { checkValues, fail } from './check-values.js';

/**
 * The lowest error to expect of m networks drawn at random from a population, without replacement.
 *
 * With the errors ascending, e_1 <= ... <= e_n, the lowest of m is e_r in C(n - r, m - 1) of the C(n, m) subsets, so
 * the expectation is the sum of e_r C(n - r, m - 1) / C(n, m). It is the unbiased estimate of what m fresh draws from
 * the design space give (Tang et al., "Showing Your Work Doesn't Always Work", ACL 2020); its mean at m = 1, its
 * minimum at m = n.
 *
 * Where networks are chosen by something else than what is expected of them, by a validation error say, e_r is the error
 * of the r-th best by that.
 *
 * @param errors - One a network.
 * @param m - Networks drawn: an integer from 1 to the number of errors.
 * @param chosenBy - What the best has the lowest of, one a network: the errors themselves unless told.
 * @throws InvalidInputError where there is no error, a number is not finite, the lists differ in length, or m is outside its
 * range.
 * @example
 * import { expectedBest } from '@netspace/statistics';
 * expectedBest([6, 3, 9], 2); // => 4
 */
export function expectedBest(errors: readonly number[], m: number, chosenBy: readonly number[] = errors): number {
  checkChoice(errors, chosenBy);
  const n = errors.length;
  if (!(Number.isInteger(m) && m >= 1 && m <= n)) fail('m', m, `an integer from 1 to ${n}, the number of errors`);
  return expectedOf(bestFirst(errors, chosenBy), m, largestOf(errors));
}

/**
 * {@link expectedBest} for every m from 1 to the number of errors. O(n log n) time, unless most errors are 0.
 *
 * @throws InvalidInputError as {@link expectedBest}.
 * @example
 * import { expectedBests } from '@netspace/statistics';
 * expectedBests([6, 3, 9]); // => [6, 4, 3]
 */
export function expectedBests(errors: readonly number[], chosenBy: readonly number[] = errors): number[] {
  checkChoice(errors, chosenBy);
  const [sorted, largest] = [bestFirst(errors, chosenBy), largestOf(errors)];
  return errors.map((_, index) => expectedOf(sorted, index + 1, largest));
}

function checkChoice(errors: readonly number[], chosenBy: readonly number[]): void {
  checkValues('errors', errors);
  checkValues('chosenBy', chosenBy);
  if (chosenBy.length !== errors.length)
    fail('chosenBy', `${chosenBy.length} values`, `${errors.length}, one for each error`);
}

function bestFirst(errors: readonly number[], chosenBy: readonly number[]): number[] {
  const order = [...errors.keys()].sort((a, b) => chosenBy[a]! - chosenBy[b]!);
  return order.map((network) => errors[network]!);
}

/** The largest absolute error. */
function largestOf(errors: readonly number[]): number {
  return errors.reduce((largest, error) => Math.max(largest, Math.abs(error)), 0);
}

/** @param errors - The best network's first. */
function expectedOf(errors: readonly number[], m: number, largest: number): number {
  const n = errors.length;
  let share = m / n;
  let sum = 0;
  for (let better = 0; better <= n - m; better++) {
    sum += share * errors[better]!;
    share *= (n - m - better) / Math.max(1, n - 1 - better);
    // Shares only fall: none of those that are left would change the last bit of the sum.
    if (share * largest < Math.abs(sum) * 2 ** -54) break;
  }
  return sum;
}
