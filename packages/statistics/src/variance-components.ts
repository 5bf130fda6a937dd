import { mean, sum } from 'simple-statistics';
import { checkValues, fail } from './check-values.js';

/** How much of the errors' variance is between networks, and how much between repeats of one network. */
export interface VarianceComponents {
  /** Variance of one network's repeats: seeds, order of batches. */
  readonly within: number;
  /** Variance of the networks' true errors; at least 0. */
  readonly between: number;
  /**
   * Intraclass correlation between / (between + within), in [0, 1]: what of a difference between two single trainings is
   * due to the networks, and the correlation of two rankings of them. Null where no value differs.
   */
  readonly icc: number | null;
}

/**
 * One-way random effects: the variances between and within groups, by analysis of variance (Searle, Casella and
 * McCulloch, "Variance Components", 1992, chapter 3).
 *
 * within is the mean square within groups; between is (mean square between groups - within) / n0, n0 = (N - sum of n_i^2
 * / N) / (groups - 1), which is the number of repeats where all groups have as many. Both are unbiased for normal and
 * other values alike, but for this: a negative estimate of `between` is given as 0. Assumes that groups are independent,
 * and that all have the same variance within. O(N) time.
 *
 * @param table - The values of each group, e.g. the errors of each network's repeats; groups may differ in size, and
 * those of one value count too.
 * @throws InvalidInputError where there are fewer than two groups, none has two values, one is empty or a value is not
 * finite.
 * @example
 * import { varianceComponents } from '@netspace/statistics';
 * const { within, between } = varianceComponents([[1, 3], [5, 7], [9, 11]]);
 * within; // => 2
 * between; // => 15
 */
export function varianceComponents(table: readonly (readonly number[])[]): VarianceComponents {
  const { within, betweenGroups, repeats } = meanSquares(table);
  const between = Math.max(0, (betweenGroups - within) / repeats);
  const total = between + within;
  return { within, between, icc: total === 0 ? null : between / total };
}

/** The analysis of variance of groups. */
export interface MeanSquares {
  /** Mean square within groups, of `freedomWithin` degrees of freedom. */
  readonly within: number;
  readonly freedomWithin: number;
  /** Mean square between groups, of `freedomBetween` degrees of freedom. */
  readonly betweenGroups: number;
  readonly freedomBetween: number;
  /** n0: repeats of a group, where all have as many. */
  readonly repeats: number;
}

/** @throws InvalidInputError as {@link varianceComponents}. */
export function meanSquares(table: readonly (readonly number[])[]): MeanSquares {
  checkTable(table);
  const values = table.flat();
  const overall = mean(values);
  const means = table.map((group) => mean([...group]));
  const squaresWithin = sum(table.flatMap((group, index) => group.map((value) => (value - means[index]!) ** 2)));
  const squaresBetween = sum(table.map((group, index) => group.length * (means[index]! - overall) ** 2));
  const [freedomWithin, freedomBetween] = [values.length - table.length, table.length - 1];
  return {
    within: squaresWithin / freedomWithin,
    freedomWithin,
    betweenGroups: squaresBetween / freedomBetween,
    freedomBetween,
    repeats: (values.length - sum(table.map((group) => group.length ** 2)) / values.length) / freedomBetween,
  };
}

function checkTable(table: readonly (readonly number[])[]): void {
  if (table.length < 2) fail('table', `${table.length} groups`, 'at least 2');
  table.forEach((group, index) => checkValues(`table[${index}]`, group));
  if (table.every((group) => group.length === 1))
    fail('table', 'one value in each group', 'two or more in one of them');
}
