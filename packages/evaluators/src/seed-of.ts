import { openRandom } from '@netspace/random';

/**
 * The seed of a network's training: of its initial weights and of the order and augmentation of its images.
 *
 * It follows from the study's seed, the network and the replicate alone, so that a network has the same seed in every arm
 * and however many networks and replicates there are.
 *
 * @param replicate - Which of its trainings, from 0.
 * @returns An integer, 0 to 2^31 - 1.
 * @example
 * import { seedOf } from '@netspace/evaluators';
 * seedOf(1, '873678cd6957', 0) === seedOf(1, '873678cd6957', 1); // => false
 */
export function seedOf(studySeed: number, networkId: string, replicate: number): number {
  // A first training has the seed of a network that is trained once.
  const path = replicate === 0 ? [] : ['replicate', replicate];
  return openRandom(studySeed, 'network', networkId, ...path).integer(0, 0x7fffffff);
}
