import type { StudyRecord } from './study.js';

/**
 * Trainings of one network of a population.
 *
 * @param index - Of the network in its population, from 0.
 * @example
 * import { replicatesOf } from '@netspace/study';
 * const study = { replicates: 2, replicated: 25 };
 * [replicatesOf(study, 24), replicatesOf(study, 25)]; // => [2, 1]
 */
export function replicatesOf(
  { replicates, replicated = Infinity }: Pick<StudyRecord, 'replicates' | 'replicated'>,
  index: number,
): number {
  return index < replicated ? replicates : 1;
}
