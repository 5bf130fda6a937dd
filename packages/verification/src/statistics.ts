import { correlation, edfAt, kendallTauB, percentile, twoSampleKolmogorovSmirnov } from '@netspace/statistics';
import type { Check } from './check.js';
import { WorstError } from './worst-error.js';

interface Row {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly ks: number;
  readonly p_asymptotic: number;
  /** Null where the reference has none: it was not computed for large samples. */
  readonly p_exact: number | null;
  /** [t, share of a below t, share of a at most t]. */
  readonly edf_a: readonly (readonly [number, number, number])[];
  /** [per cent, percentile of a]. */
  readonly percentiles_a: readonly (readonly [number, number])[];
  /** Of the first five pairs. */
  readonly pearson: number;
  readonly spearman: number;
  readonly kendall: number;
}

const correlated = 5;

/**
 * Statistics of two samples; the error is the absolute difference. Two results: everything but the asymptotic
 * p-value, and the asymptotic p-value.
 */
export const statistics: Check = {
  file: 'statistics.json',
  run(rows) {
    const exact = new WorstError(1e-9);
    const asymptotic = new WorstError(1e-6);
    (rows as readonly Row[]).forEach((row, index) => {
      exact.countCase();
      for (const [name, actual, expected] of exactValues(row)) {
        exact.add(Math.abs(actual - expected), `row ${index}: ${name}`);
      }
      asymptotic.countCase();
      const { asymptoticP } = twoSampleKolmogorovSmirnov(row.a, row.b);
      asymptotic.add(Math.abs(asymptoticP - row.p_asymptotic), `row ${index}: p_asymptotic`);
    });
    return [exact.result(), asymptotic.result()];
  },
};

type Comparison = readonly [name: string, actual: number, expected: number];

function exactValues(row: Row): Comparison[] {
  const { statistic, exactP } = twoSampleKolmogorovSmirnov(row.a, row.b);
  const [x, y] = [row.a.slice(0, correlated), row.b.slice(0, correlated)];
  const { pearson, spearman } = correlation(x, y);
  return [
    ['ks', statistic, row.ks],
    ...(row.p_exact === null ? [] : [['p_exact', exactP ?? NaN, row.p_exact] as const]),
    ...row.edf_a.flatMap(([point, below, atMost]) => edfComparisons(row.a, point, below, atMost)),
    ...row.percentiles_a.map(([p, value]) => [`percentile ${p}`, percentile(row.a, p), value] as const),
    ['pearson', pearson, row.pearson],
    ['spearman', spearman, row.spearman],
    ['kendall', kendallTauB(x, y), row.kendall],
  ];
}

function edfComparisons(errors: readonly number[], point: number, below: number, atMost: number): Comparison[] {
  const actual = edfAt(errors, point);
  return [
    [`share below ${point}`, actual.below, below],
    [`share at most ${point}`, actual.atMost, atMost],
  ];
}
