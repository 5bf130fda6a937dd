import type { ArmLatency } from '@netspace/contracts';

/** How many images an inference pass takes: `batches of 64`. */
export function passText({ batchSize }: Pick<ArmLatency, 'batchSize'>): string {
  return batchSize === 1 ? 'single images' : `batches of ${batchSize}`;
}
