import type { TrainingRecord } from '@netspace/contracts';

/**
 * The errors that a population's statistics are made of, in per cent, in the order of the records.
 *
 * A diverged network counts as 100 %: leaving it out would flatter its space. A failed one (it could not run) says
 * nothing about its space and is left out.
 *
 * @example
 * import { errorsOf } from '@netspace/statistics';
 * const completed = { status: 'completed', error: 7.5 };
 * errorsOf([completed, { status: 'diverged', error: 100 }, { status: 'failed', error: null }]); // => [7.5, 100]
 */
export function errorsOf(records: readonly Pick<TrainingRecord, 'status' | 'error'>[]): number[] {
  return records.flatMap(({ status, error }) => {
    if (status === 'diverged') return [100];
    return status === 'completed' && error !== null ? [error] : [];
  });
}
