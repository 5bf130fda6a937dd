import type { NetworkResult } from '@netspace/contracts';
import { varianceComponents } from '@netspace/statistics';
import { errorTable } from './repeatability.js';

/** 97.5 % of a normal distribution lie below so many standard deviations. */
const normalReach = 1.959964;

type Shrunk = NetworkResult['expectedError'];

/**
 * What each network's error would be on the mean of very many trainings: the best linear unbiased predictor of one-way
 * random effects (Robinson, "That BLUP is a Good Thing", Statistical Science 6(1), 1991). A network's mean of r trainings
 * is drawn towards the mean of all by its reliability between / (between + within / r), with variance
 * between (1 - reliability). Networks that did not learn have none.
 */
export function expectedErrors(
  results: readonly Pick<NetworkResult, 'error' | 'errors' | 'diverged' | 'untrained'>[],
): Shrunk[] {
  const table = errorTable(results);
  if (table.length < 2 || table.every(({ length }) => length < 2)) return results.map(() => null);
  const { within, between } = varianceComponents(table);
  const means = table.map((errors) => errors.reduce((sum, error) => sum + error, 0) / errors.length);
  const centre = means.reduce((sum, error) => sum + error, 0) / means.length;
  return results.map(({ error, errors, diverged, untrained }) => {
    if (diverged || untrained) return null;
    const trainings = errors.filter((one) => one !== null).length;
    const total = between + within / trainings;
    const reliability = total === 0 ? 1 : between / total;
    const shrunk = centre + reliability * (error - centre);
    const reach = normalReach * Math.sqrt(between * (1 - reliability));
    return { error: shrunk, interval: { low: shrunk - reach, high: shrunk + reach } };
  });
}
