import type { TrainingOutcome } from '@netspace/contracts';
import { checkValue } from './check-values.js';
import { outcomeSchema } from './outcome-schema.js';

/**
 * An outcome that came from outside, a plugin or a program, checked: errors are numbers from 0 to 100, that of a diverged
 * training is 100, epochs ascend. What was not measured may be left out and is null then.
 *
 * @throws InvalidInputError that names the first value that is wrong.
 * @example
 * import { checkOutcome } from '@netspace/evaluators';
 * checkOutcome({ status: 'completed', error: 12.5, seconds: 3 }).top5Error; // => null
 */
export function checkOutcome(outcome: unknown): TrainingOutcome {
  return checkValue(outcomeSchema, outcome);
}
