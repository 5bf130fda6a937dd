import type { Interval } from '@netspace/contracts';
import { mean } from 'simple-statistics';
import { placementMeans } from './brunner-munzel.js';
import { checkConfidence, checkValues } from './check-values.js';
import { placements } from './placements.js';
import { tTwoSidedQuantile } from './t-distribution.js';

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

/**
 * Where {@link probabilityOfImprovement} of the spaces lies: Brunner and Munzel's t interval on the logit scale, within
 * [0, 1] and not symmetric where it is near an end (Pauly, Asendorf and Konietschke, Biometrical Journal 58(6), 2016).
 *
 * It serves from some 10 values in each sample. O((m + n) log m) time.
 *
 * @param confidence - In (0, 1); 0.95 unless told.
 * @returns null where it is not defined: a sample has one value, or the samples do not overlap.
 * @throws InvalidInputError where a sample is empty, a value is not finite or the confidence is outside its range.
 * @example
 * import { improvementInterval } from '@netspace/statistics';
 * const interval = improvementInterval([1, 2, 3, 4, 5], [4, 6, 7, 8, 9]);
 * [interval?.low.toFixed(2), interval?.high.toFixed(2)]; // => ['0.43', '1.00']
 */
export function improvementInterval(a: readonly number[], b: readonly number[], confidence = 0.95): Interval | null {
  checkConfidence(confidence);
  const placed = placementMeans(a, b);
  if (placed === null || placed.error === 0) return null;
  const { probability, error, freedom } = placed;
  const logit = Math.log(probability / (1 - probability));
  const reach = (tTwoSidedQuantile(confidence, freedom) * error) / (probability * (1 - probability));
  const share = (value: number): number => 1 / (1 + Math.exp(-value));
  return { low: share(logit - reach), high: share(logit + reach) };
}
