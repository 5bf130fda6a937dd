import type { NetworkResult } from '@netspace/contracts';
import { normalQuantile, varianceComponents } from '@netspace/statistics';
import { errorTable } from './repeatability.js';

type Shrunk = NetworkResult['expectedError'];

/**
 * What each network's error would be on the mean of very many trainings: the best linear unbiased predictor of one-way
 * random effects (Robinson, "That BLUP is a Good Thing", Statistical Science 6(1), 1991). A network's mean of r trainings
 * is drawn towards the mean of all by its reliability between / (between + within / r). Its variance is
 * between (1 - reliability) and, since mean and reliability are estimated, that of (1 - reliability) times the mean, and
 * that of the shrinkage itself, whose relative variance is 2 / (degrees of freedom) of each of the two mean squares it is
 * made of (after Morris, "Parametric Empirical Bayes Inference", JASA 78(381), 1983). Networks that did not learn have
 * none.
 */
export function expectedErrors(
  results: readonly Pick<NetworkResult, 'error' | 'errors' | 'diverged' | 'untrained'>[],
): Shrunk[] {
  const table = errorTable(results);
  if (table.length < 2 || table.every(({ length }) => length < 2)) return results.map(() => null);
  const { within, between } = varianceComponents(table);
  const means = table.map((errors) => errors.reduce((sum, error) => sum + error, 0) / errors.length);
  const centre = means.reduce((sum, error) => sum + error, 0) / means.length;
  const freedomWithin = table.reduce((sum, { length }) => sum + length - 1, 0);
  const ofShrinkage = 2 / freedomWithin + 2 / (table.length - 1);
  return results.map(({ error, errors, diverged, untrained }) => {
    if (diverged || untrained) return null;
    const trainings = errors.filter((one) => one !== null).length;
    const total = between + within / trainings;
    const reliability = total === 0 ? 1 : between / total;
    const shrinkage = 1 - reliability;
    const shrunk = error - shrinkage * (error - centre);
    const ofEstimates = shrinkage ** 2 * (total / table.length + (error - centre) ** 2 * ofShrinkage);
    const reach = normalQuantile(0.975) * Math.sqrt(between * shrinkage + ofEstimates);
    return { error: shrunk, interval: { low: shrunk - reach, high: shrunk + reach } };
  });
}
