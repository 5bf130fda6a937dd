import { contentHash } from '@netspace/content-hash';
import type { Conditions, TrainingIdentity } from '@netspace/contracts';
import { trainingOf } from './messages.js';

/** A run whose networks are trained through a queue, as each of its workers knows it by itself. */
export interface QueuedRun {
  /** Without a colon. */
  readonly name: string;
  /** What decides the results of each arm, by content. */
  readonly conditions: Readonly<Record<string, Conditions>>;
  /** The hashes of conditions that its tasks carry. */
  readonly hashes: readonly string[];
}

/** The same, as the process knows it that leads it. */
export interface LedRun extends QueuedRun {
  /** Distinct from that of every other run, and the same as long as there is the run: without a colon. */
  readonly id: string;
}

/** Before all keys of netspace on a server. */
export const prefix = 'netspace';

/** The queue of all runs of one name and content, which share their workers. */
export function queueName({ name, conditions }: QueuedRun): string {
  return `${name}-${contentHash(conditions).slice(0, 16)}`;
}

/** The key of the checkpoint of a training on that queue. */
export function checkpointKey(queue: string, training: TrainingIdentity): string {
  return `${prefix}:${queue}:checkpoint-${trainingOf(training)}`;
}
