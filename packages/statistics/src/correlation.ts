import { sampleCorrelation } from 'simple-statistics';
import { checkPairs, checkValues, checkVaries } from './check-values.js';
import { placements } from './placements.js';

/** How two quantities go together; each in [-1, 1]. */
export interface Correlation {
  /** Of the values: 1 where they lie on a rising line. */
  readonly pearson: number;
  /** Pearson's of the ranks; tied values share the mean of their ranks. */
  readonly spearman: number;
}

/**
 * Pearson's and Spearman's correlation of pairs. O(n log n) time.
 *
 * @param x - At least two values, not all equal.
 * @param y - As many, not all equal.
 * @throws InvalidInputError where there are fewer than two pairs, a number is not finite, the lengths differ, or x or
 * y does not vary: then no correlation is defined.
 * @example
 * import { correlation } from '@netspace/statistics';
 * correlation([1, 2, 3, 4], [1, 3, 2, 40]).spearman.toFixed(4); // => '0.8000'
 */
export function correlation(x: readonly number[], y: readonly number[]): Correlation {
  checkPairs(x, y, 2);
  checkVaries('x', x);
  checkVaries('y', y);
  return {
    pearson: withinOne(sampleCorrelation([...x], [...y])),
    spearman: withinOne(sampleCorrelation(ranks(x), ranks(y))),
  };
}

/**
 * The rank of each value, less 1/2: how many are below it, those equal (itself too) counting one half. O(n log n) time.
 *
 * @throws InvalidInputError where a value is not finite.
 * @example
 * import { ranks } from '@netspace/statistics';
 * ranks([7, 9, 7]); // => [1, 2.5, 1]
 */
export function ranks(values: readonly number[]): number[] {
  checkValues('values', values, 0);
  return placements(values, values);
}

/**
 * Spearman's correlation of two quantities whose {@link ranks} are known, as where one is correlated with several.
 *
 * @throws InvalidInputError as {@link correlation}.
 * @example
 * import { ranks, spearmanOfRanks } from '@netspace/statistics';
 * spearmanOfRanks(ranks([1, 2, 3, 4]), ranks([1, 3, 2, 40])).toFixed(4); // => '0.8000'
 */
export function spearmanOfRanks(x: readonly number[], y: readonly number[]): number {
  checkPairs(x, y, 2);
  checkVaries('x', x);
  checkVaries('y', y);
  return withinOne(sampleCorrelation([...x], [...y]));
}

/** Without the last bits by which a correlation may be beyond 1. */
function withinOne(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
