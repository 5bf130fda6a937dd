import { mean, sampleVariance } from 'simple-statistics';
import { checkValues } from './check-values.js';
import { placements } from './placements.js';
import { tTwoSidedP } from './t-distribution.js';

/** Whether the values of one sample tend to be larger than those of another, whatever their shapes. */
export interface BrunnerMunzel {
  /** Above 0 where a's values tend to be lower than b's. */
  readonly statistic: number;
  /** Chance of a statistic at least as far from 0, were {@link probabilityOfImprovement} of the spaces 1/2. */
  readonly p: number;
}

/**
 * The Brunner-Munzel test, two-sided: whether P(a < b) + P(a = b) / 2 differs from 1/2, where the two distributions may
 * differ in spread and shape (Brunner and Munzel, "The Nonparametric Behrens-Fisher Problem", Biometrical Journal 42(1),
 * 2000), by Student's t with their degrees of freedom: SciPy's `brunnermunzel`.
 *
 * The limit serves from some 10 values in each. O(n log n) time.
 *
 * @returns null where it is undefined: a sample has one value, or no value's rank among the other sample varies (as where
 * the samples do not overlap, or all values are equal).
 * @throws InvalidInputError where a sample is empty or a value is not finite.
 * @example
 * import { brunnerMunzel } from '@netspace/statistics';
 * const test = brunnerMunzel([1, 2, 3, 4, 5], [4, 6, 7, 8, 9]);
 * test?.statistic.toFixed(3); // => '6.102'
 * brunnerMunzel([1, 2, 3], [4, 5, 6]); // => null
 */
export function brunnerMunzel(a: readonly number[], b: readonly number[]): BrunnerMunzel | null {
  checkValues('a', a);
  checkValues('b', b);
  const [m, n] = [a.length, b.length];
  if (m < 2 || n < 2) return null;
  const [ranksOfA, ranksOfB] = [placements(a, b), placements(b, a)];
  const [spreadOfA, spreadOfB] = [m * sampleVariance(ranksOfA), n * sampleVariance(ranksOfB)];
  const spread = spreadOfA + spreadOfB;
  if (spread === 0) return null;
  const statistic = (n * mean(ranksOfB) - (m * n) / 2) / Math.sqrt(spread);
  const freedom = spread ** 2 / (spreadOfA ** 2 / (m - 1) + spreadOfB ** 2 / (n - 1));
  return { statistic, p: tTwoSidedP(statistic, freedom) };
}
