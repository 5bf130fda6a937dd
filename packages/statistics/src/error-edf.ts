import type { EdfStep } from '@netspace/contracts';
import { checkValues } from './check-values.js';

/**
 * The empirical distribution function of errors, exactly: one step for each distinct error, ascending (paper, section
 * 3.1, equation 1).
 *
 * @param errors - One a network, in any order and unit.
 * @throws InvalidInputError where there is no error, or one that is not finite.
 * @example
 * import { errorEdf } from '@netspace/statistics';
 * errorEdf([8, 6, 8, 10])[1]; // => { error: 8, below: 0.25, atMost: 0.75 }
 */
export function errorEdf(errors: readonly number[]): EdfStep[] {
  checkValues('errors', errors);
  const sorted = [...errors].sort((a, b) => a - b);
  const steps: EdfStep[] = [];
  sorted.forEach((error, index) => {
    const atMost = (index + 1) / sorted.length;
    const last = steps.at(-1);
    if (last?.error === error) steps[steps.length - 1] = { ...last, atMost };
    else steps.push({ error, below: last?.atMost ?? 0, atMost });
  });
  return steps;
}

/**
 * The empirical distribution function at one point: the share of errors below it, which is the paper's strict
 * F(e) (section 3.1, equation 1), and the share of errors that are at most it.
 *
 * @throws InvalidInputError where there is no error, or a number that is not finite.
 * @example
 * import { edfAt } from '@netspace/statistics';
 * edfAt([8, 6, 8, 10], 8); // => { below: 0.25, atMost: 0.75 }
 */
export function edfAt(errors: readonly number[], point: number): Omit<EdfStep, 'error'> {
  checkValues('errors', errors);
  checkValues('point', [point]);
  return {
    below: errors.filter((error) => error < point).length / errors.length,
    atMost: errors.filter((error) => error <= point).length / errors.length,
  };
}
