import type { NetworkResult, Repeatability } from '@netspace/contracts';
import { reliabilityInterval, varianceComponents } from '@netspace/statistics';

/** A ranking of so much reliability counts as reliable. */
const reliable = 0.9;

type Trained = Pick<NetworkResult, 'errors' | 'diverged' | 'untrained'>;

/** The errors of each network that learned in all its trainings: others vary for another reason. */
export function errorTable(results: readonly Trained[]): number[][] {
  return results
    .filter(({ diverged, untrained }) => !diverged && !untrained)
    .map(({ errors }) => errors.filter((error) => error !== null));
}

/** How much of the errors' variance is the networks' own; null where no two networks, or none twice, were trained. */
export function repeatabilityOf(results: readonly Trained[]): Repeatability | null {
  const table = errorTable(results);
  const networks = table.filter(({ length }) => length > 1).length;
  if (table.length < 2 || networks === 0) return null;
  const { within, between, icc } = varianceComponents(table);
  return {
    networks,
    within: Math.sqrt(within),
    between: Math.sqrt(between),
    reliability: icc === null ? null : { value: icc, interval: reliabilityInterval(table)! },
    trainingsForReliableRanking: icc === null ? null : trainingsFor(icc),
  };
}

/** More trainings than anyone makes: networks that differ by so little are alike but for rounding. */
const most = 1e6;

/**
 * The least r with r icc / (1 + (r - 1) icc) >= 0.9: Spearman and Brown's formula for the mean of r trainings; null where it is
 * above a million.
 */
function trainingsFor(icc: number): number | null {
  const least = Math.max(1, Math.ceil((reliable * (1 - icc)) / (icc * (1 - reliable)) - 1e-9));
  return least <= most ? least : null;
}
