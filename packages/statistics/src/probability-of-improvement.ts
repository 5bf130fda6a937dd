import { mean } from 'simple-statistics';
import { checkValues } from './check-values.js';
import { placements } from './placements.js';

/**
 * The chance that a network of the first sample has a lower error than one of the second: P(a < b) + P(a = b) / 2, over
 * all pairs.
 *
 * 1 where every value of a is below all of b, 0.5 where neither tends to be lower. It is the unbiased estimate of the same
 * for the spaces, and 1 - U / (m n) of Mann and Whitney's U (Agarwal et al., "Deep Reinforcement Learning at the Edge of
 * the Statistical Precipice", NeurIPS 2021, use the name). O((m + n) log m) time.
 *
 * @throws InvalidInputError where a sample is empty or a value is not finite.
 * @example
 * import { probabilityOfImprovement } from '@netspace/statistics';
 * probabilityOfImprovement([1, 2], [2, 3]); // => 0.875
 */
export function probabilityOfImprovement(a: readonly number[], b: readonly number[]): number {
  checkValues('a', a);
  checkValues('b', b);
  return mean(placements(b, a)) / a.length;
}
