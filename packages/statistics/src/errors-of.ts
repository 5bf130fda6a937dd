import type { CompletedRecord, DivergedRecord, FailedRecord } from '@netspace/contracts';

/** What of a training record decides its error. */
export type ErrorRecord =
  Pick<CompletedRecord, 'status' | 'error'> | Pick<DivergedRecord, 'status' | 'error'> | Pick<FailedRecord, 'status'>;

/**
 * The errors that a population's statistics are made of, in per cent, in the order of the records.
 *
 * A diverged network counts as 100 %: leaving it out would flatter its space. A failed one (it could not run) says
 * nothing about its space and is left out.
 *
 * @example
 * import { errorsOf } from '@netspace/statistics';
 * errorsOf([{ status: 'completed', error: 7.5 }, { status: 'diverged', error: 100 }, { status: 'failed' }]); // => [7.5, 100]
 */
export function errorsOf(records: readonly ErrorRecord[]): number[] {
  return records.flatMap((record) => (record.status === 'failed' ? [] : [record.error]));
}
