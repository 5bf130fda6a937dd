import { InvalidInputError, type TrainingTask } from '@netspace/contracts';
import { missingTasks } from './missing-tasks.js';
import { byIndex } from './task-queue.js';

/** A part of a run's tasks, such that `of` processes that each train one train all. */
export interface Shard {
  /** Which, 1 to `of`. */
  readonly index: number;
  /** Parts in all, at least 1. */
  readonly of: number;
}

/**
 * The tasks of a shard: in the order in which one process would train all of them, every `of`-th. So each shard has its
 * share of every arm, in the same order, and tasks that a study gets as it grows in networks leave the others where they are.
 *
 * @param tasks - All of the run; what several arms ask for is there once.
 * @throws InvalidInputError where there is no such shard.
 * @example
 * import type { TrainingTask } from '@netspace/contracts';
 * import { shardOf } from '@netspace/population';
 * const task = (index: number) => ({ arm: 'a', network: { id: `n${index}`, index }, replicate: 0, seed: 7, conditions: 'c' });
 * const tasks = [0, 1, 2, 3, 4].map(task) as unknown as TrainingTask[];
 * shardOf(tasks, { index: 2, of: 2 }).map(({ network }) => network.id); // => ['n1', 'n3']
 */
export function shardOf(tasks: readonly TrainingTask[], { index, of }: Shard): readonly TrainingTask[] {
  if (!(Number.isInteger(of) && Number.isInteger(index) && 1 <= index && index <= of)) {
    const problem = `got ${index}/${of}`;
    throw new InvalidInputError({ key: 'shard', problem, expected: 'i/n with whole numbers 1 <= i <= n, as 2/8' });
  }
  return [...missingTasks(tasks, [])].sort(byIndex).filter((_, position) => position % of === index - 1);
}
