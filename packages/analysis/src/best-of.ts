import type { ArmAnalysis, BestOf, NetworkResult } from '@netspace/contracts';
import { edfBand, errorEdf, expectedBests, medianBestOf } from '@netspace/statistics';
import { choiceError } from './chosen-by.js';

/**
 * The best of m random networks, for every m up to their number.
 *
 * @param results - In any order.
 */
export function bestOfCurve(
  results: readonly Pick<NetworkResult, 'error' | 'validationError'>[],
  chosenBy: ArmAnalysis['chosenBy'],
): BestOf[] {
  if (results.length === 0) return [];
  const errors = results.map(({ error }) => error);
  const choice = results.map((result) => choiceError(result, chosenBy));
  const edf = errorEdf(choice).map(({ error, atMost }) => ({ error, share: atMost }));
  const band = edfBand(choice);
  // Below the smallest error the upper bound of the band is above 0 already: errors as low as 0 are not excluded.
  const upper = [{ error: 0, share: band.below }, ...band.steps.map(({ error, upper: share }) => ({ error, share }))];
  const lower = band.steps.map(({ error, lower: share }) => ({ error, share }));
  return expectedBests(errors, choice).map((expected, index) => ({
    networks: index + 1,
    expected,
    median: medianBestOf(edf, index + 1),
    interval: { low: medianBestOf(upper, index + 1), high: Math.min(100, medianBestOf(lower, index + 1)) },
  }));
}
