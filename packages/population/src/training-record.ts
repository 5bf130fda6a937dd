import type {
  CompletedRecord,
  DivergedRecord,
  FailedRecord,
  Provenance,
  TrainingOutcome,
  TrainingTask,
} from '@netspace/contracts';

/** The record of a training with a result. */
export function trainedRecord(
  task: TrainingTask,
  { status, ...measured }: TrainingOutcome,
  provenance: Provenance,
): CompletedRecord | DivergedRecord {
  const record = { ...task, ...measured, provenance };
  return status === 'completed' ? { ...record, status } : { ...record, status, error: 100 };
}

/** The record of a training that could not run. */
export function failedRecord(
  task: TrainingTask,
  message: string,
  seconds: number,
  provenance: Provenance,
): FailedRecord {
  return { ...task, status: 'failed', message, seconds, provenance };
}
