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
  /** Chance of a statistic at most as large, were a's values not larger than b's: small where they are. */
  readonly greaterP: number;
  /** Chance of a statistic at least as large, were a's values not lower than b's: small where they are. */
  readonly lessP: number;
}

/**
 * The Brunner-Munzel test, two-sided and to either side: whether P(a < b) + P(a = b) / 2 differs from 1/2, where the two distributions may
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
  const placed = placementMeans(a, b);
  if (placed === null || placed.error === 0) return null;
  const statistic = (placed.probability - 0.5) / placed.error;
  const p = tTwoSidedP(statistic, placed.freedom);
  const [likelier, rarer] = [1 - p / 2, p / 2];
  return statistic > 0
    ? { statistic, p, greaterP: likelier, lessP: rarer }
    : { statistic, p, greaterP: rarer, lessP: likelier };
}

/** P(a < b) + P(a = b) / 2 as estimated, with its standard error and degrees of freedom. */
export interface PlacementMeans {
  readonly probability: number;
  /** 0 where no value's rank among the other sample varies. */
  readonly error: number;
  /** NaN where the error is 0. */
  readonly freedom: number;
}

/**
 * The estimate that the test is about; null where a sample has one value.
 *
 * @throws InvalidInputError where a sample is empty or a value is not finite.
 */
export function placementMeans(a: readonly number[], b: readonly number[]): PlacementMeans | null {
  checkValues('a', a);
  checkValues('b', b);
  const [m, n] = [a.length, b.length];
  if (m < 2 || n < 2) return null;
  const [ranksOfA, ranksOfB] = [placements(a, b), placements(b, a)];
  const [spreadOfA, spreadOfB] = [m * sampleVariance(ranksOfA), n * sampleVariance(ranksOfB)];
  const spread = spreadOfA + spreadOfB;
  return {
    probability: mean(ranksOfB) / m,
    error: Math.sqrt(spread) / (m * n),
    freedom: spread ** 2 / (spreadOfA ** 2 / (m - 1) + spreadOfB ** 2 / (n - 1)),
  };
}
