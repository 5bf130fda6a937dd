import type { SampledNetwork } from './population.js';

/** What a training, its result and its claim are known by. */
export interface TrainingIdentity {
  readonly network: Pick<SampledNetwork, 'id'>;
  /** Hash of the conditions. */
  readonly conditions: string;
  /** From 0. */
  readonly replicate: number;
}

/**
 * The identity of a training as a text: of two records with the same one counts.
 *
 * @example
 * import { trainingIdentity } from '@netspace/contracts';
 * trainingIdentity({ network: { id: 'd683d12dbd7e' }, conditions: 'c0a1', replicate: 0 }); // => '["d683d12dbd7e","c0a1",0]'
 */
export function trainingIdentity({ network, conditions, replicate }: TrainingIdentity): string {
  return JSON.stringify([network.id, conditions, replicate]);
}
