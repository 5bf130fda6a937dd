import type { Interval } from '@netspace/contracts';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { betaCdf } from './beta-distribution.js';
import { checkConfidence, checkValues } from './check-values.js';
import { tTwoSidedP, tTwoSidedQuantile } from './t-distribution.js';

/** By how much the first of each pair is larger than the second. */
export interface PairedDifferences {
  /** Number of pairs. */
  readonly pairs: number;
  /** The mean of the differences. */
  readonly mean: number;
  /** Student's t confidence interval of the mean. */
  readonly interval: Interval;
  /** Of the two-sided t-test that the mean is 0; null where the differences do not vary. */
  readonly tP: number | null;
  /** Of the two-sided sign test, differences of 0 left out; null where all are 0. */
  readonly signP: number | null;
}

/**
 * Compares pairs by their differences first - second: mean with t interval, t-test and exact sign test.
 *
 * Assumes that the pairs are independent; the t interval and test besides that the mean of the differences is about
 * normal, which some 30 pairs see to unless a few differences are very large. The sign test assumes no shape: its p is the
 * chance that of k fair coins as few show the rarer side. O(n) time.
 *
 * @param pairs - At least two.
 * @param confidence - In (0, 1); 0.95 unless told.
 * @throws InvalidInputError where there are fewer than two pairs, a value is not finite or the confidence is outside its
 * range.
 * @example
 * import { pairedDifferences } from '@netspace/statistics';
 * const { mean, interval, signP } = pairedDifferences([[9, 8], [7, 5], [8, 8], [6, 3]]);
 * mean; // => 1.5
 * [interval.low.toFixed(2), interval.high.toFixed(2)]; // => ['-0.55', '3.55']
 * signP?.toFixed(2); // => '0.25'
 */
export function pairedDifferences(pairs: readonly (readonly [number, number])[], confidence = 0.95): PairedDifferences {
  checkConfidence(confidence);
  pairs.forEach((pair, index) => checkValues(`pairs[${index}]`, pair));
  const differences = pairs.map(([first, second]) => first - second);
  checkValues('pairs', differences, 2);
  const freedom = differences.length - 1;
  const middle = mean(differences);
  const error = sampleStandardDeviation(differences) / Math.sqrt(differences.length);
  const reach = tTwoSidedQuantile(confidence, freedom) * error;
  return {
    pairs: differences.length,
    mean: middle,
    interval: { low: middle - reach, high: middle + reach },
    tP: error === 0 ? null : tTwoSidedP(middle / error, freedom),
    signP: signTest(differences),
  };
}

/** Twice the binomial chance of at most `rarer` of k at 1/2, which is I_(1/2)(k - rarer, rarer + 1). */
function signTest(differences: readonly number[]): number | null {
  const above = differences.filter((difference) => difference > 0).length;
  const below = differences.filter((difference) => difference < 0).length;
  if (above + below === 0) return null;
  // Where both sides are as many, each of them is counted once more than there are outcomes.
  return Math.min(1, 2 * betaCdf(0.5, Math.max(above, below), Math.min(above, below) + 1));
}
