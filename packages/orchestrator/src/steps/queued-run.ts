import type { QueuedRun } from '@netspace/queue';
import type { Study } from '@netspace/study';
import type { ArmConditions } from './prepare-training.js';

/** A run as the process that leads it and its workers name it on a queue. */
export function queuedRun({ name }: Pick<Study, 'name'>, conditions: readonly ArmConditions[]): QueuedRun {
  return {
    name,
    conditions: Object.fromEntries(conditions.map(({ arm, conditions: content }) => [arm.name, content])),
    hashes: conditions.map(({ hash }) => hash),
  };
}
