import { contentHash } from '@netspace/content-hash';
import type { Conditions } from '@netspace/contracts';

/** A run whose networks are trained through a queue, as the orchestrator and each worker know it by themselves. */
export interface QueuedRun {
  /** Without a colon. */
  readonly name: string;
  /** What decides the results of each arm, by content. */
  readonly conditions: Readonly<Record<string, Conditions>>;
  /** The hashes of conditions that its tasks carry. */
  readonly hashes: readonly string[];
}

/** Before all keys of netspace on a server. */
export const prefix = 'netspace';

/** The queue of a run: one for each content, so that runs which share a server do not mix. */
export function queueName({ name, conditions }: QueuedRun): string {
  return `${name}-${contentHash(conditions).slice(0, 16)}`;
}
