import type { TrainingResult } from '@netspace/contracts';

/** A network has learned where its training loss fell below this share of the loss of chance. */
const learned = 0.9;

/**
 * Whether a training completed without learning: the mean training loss of its last epoch is above 90 % of that of
 * predicting the frequencies of the classes whatever the image. Such an error tells of the recipe, not of the network.
 *
 * @param chanceLoss - In nats; null where it is not known: then no training counts as untrained.
 */
export function isUntrained(record: TrainingResult, chanceLoss: number | null): boolean {
  if (record.status !== 'completed' || chanceLoss === null) return false;
  const loss = record.epochs.at(-1)?.trainLoss;
  return loss !== undefined && loss > learned * chanceLoss;
}
