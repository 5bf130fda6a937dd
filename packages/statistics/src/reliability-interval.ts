import type { Interval } from '@netspace/contracts';
import { betaQuantile } from './beta-distribution.js';
import { checkConfidence } from './check-values.js';
import { meanSquares } from './variance-components.js';

/**
 * Where the intraclass correlation of {@link varianceComponents} lies: the F interval of one-way random effects (Searle,
 * Casella and McCulloch, "Variance Components", 1992, section 3.6), exact for normal values and groups of one size; for
 * groups of several sizes with n0 in the place of their size. Bounds below 0 are given as 0.
 *
 * @param table - As for {@link varianceComponents}.
 * @param confidence - In (0, 1); 0.95 unless told.
 * @returns null where no value differs.
 * @throws InvalidInputError as {@link varianceComponents}, and where the confidence is outside its range.
 * @example
 * import { reliabilityInterval } from '@netspace/statistics';
 * const interval = reliabilityInterval([[1, 3], [5, 7], [9, 11]]);
 * [interval?.low.toFixed(3), interval?.high.toFixed(3)]; // => ['0.000', '0.997']
 */
export function reliabilityInterval(table: readonly (readonly number[])[], confidence = 0.95): Interval | null {
  checkConfidence(confidence);
  const { within, freedomWithin, betweenGroups, freedomBetween, repeats } = meanSquares(table);
  if (within === 0) return betweenGroups === 0 ? null : { low: 1, high: 1 };
  const tail = (1 - confidence) / 2;
  const ratio = betweenGroups / within;
  const correlationAt = (quantile: number): number =>
    Math.max(0, (ratio / quantile - 1) / (ratio / quantile + repeats - 1));
  return {
    low: correlationAt(fQuantile(1 - tail, freedomBetween, freedomWithin)),
    high: correlationAt(fQuantile(tail, freedomBetween, freedomWithin)),
  };
}

/** The value that an F variable stays below with chance p. */
function fQuantile(p: number, freedomOfNumerator: number, freedomOfDenominator: number): number {
  const x = betaQuantile(p, freedomOfNumerator / 2, freedomOfDenominator / 2);
  return (freedomOfDenominator * x) / (freedomOfNumerator * (1 - x));
}
