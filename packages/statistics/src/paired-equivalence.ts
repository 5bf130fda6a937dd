import { mean, sampleStandardDeviation } from 'simple-statistics';
import { checkValues, fail } from './check-values.js';
import { tTwoSidedP } from './t-distribution.js';

/**
 * Chance of such pairs, were the mean of their differences outside of (-margin, margin): the larger p of two one-sided
 * t-tests (Schuirmann, J. Pharmacokin. Biopharm. 1987). Below 0.05 exactly where the 90 % t interval of the mean lies within
 * the margin. Where the differences do not vary, 0 or 1.
 *
 * Assumes what the t interval of `pairedDifferences` does. O(n) time.
 *
 * @param pairs - At least two.
 * @param margin - The least difference that would matter, in the pairs' unit, above 0.
 * @throws InvalidInputError where there are fewer than two pairs, a value is not finite or the margin is not above 0.
 * @example
 * import { pairedEquivalence } from '@netspace/statistics';
 * pairedEquivalence([[9, 8.8], [7, 7.1], [8, 8], [6, 6.1]], 0.5).toFixed(4); // => '0.0029'
 */
export function pairedEquivalence(pairs: readonly (readonly [number, number])[], margin: number): number {
  if (!(margin > 0 && margin < Infinity)) fail('margin', margin, 'a finite number above 0');
  pairs.forEach((pair, index) => checkValues(`pairs[${index}]`, pair));
  const differences = pairs.map(([first, second]) => first - second);
  checkValues('pairs', differences, 2);
  const distance = margin - Math.abs(mean(differences)); // to the nearer end
  const error = sampleStandardDeviation(differences) / Math.sqrt(differences.length);
  if (error === 0) return distance > 0 ? 0 : 1;
  const p = tTwoSidedP(distance / error, differences.length - 1) / 2;
  return distance > 0 ? p : 1 - p;
}
