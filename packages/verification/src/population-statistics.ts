import {
  brunnerMunzel,
  dkwHalfWidth,
  hodgesLehmann,
  interquartileMean,
  ksHalfWidth,
  largestEdfDistance,
  learnedMillerBand,
  mannWhitney,
  pairedDifferences,
  probabilityOfImprovement,
  varianceComponents,
  weightedEdf,
} from '@netspace/statistics';
import type { Check } from './check.js';
import { WorstError } from './worst-error.js';

/** Null where the reference has no value, because none is defined. */
interface Row {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly confidence: number;
  readonly dkw_half_width: number;
  readonly ks_half_width: number;
  readonly learned_miller: {
    readonly tail: number;
    readonly lower: readonly number[];
    readonly upper: readonly number[];
  };
  readonly probability_of_improvement: number;
  readonly mann_whitney_p: number | null;
  readonly brunner_munzel: { readonly statistic: number | null; readonly p: number | null } | null;
  /** Of x, of y. */
  readonly interquartile_mean: readonly [number, number];
  readonly hodges_lehmann: number;
  /** Of the first pairs. */
  readonly paired: {
    readonly pairs: number;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
    readonly t_p: number | null;
    readonly sign_p: number | null;
  };
  /** table[network][repeat] */
  readonly replicates: {
    readonly table: readonly (readonly number[])[];
    readonly within: number;
    readonly between: number;
    readonly icc: number | null;
  };
  readonly weighted: {
    readonly x_weights: readonly number[];
    readonly y_weights: readonly number[];
    readonly ks: number;
    readonly means: readonly [number, number];
    readonly effective_n: readonly [number, number];
  };
}

/**
 * Bands, effects and tests of two samples of errors; the error is the absolute difference, and infinite where one of the
 * two is defined and the other is not. Two results: what has a closed form, and the bands whose widths are solved for.
 */
export const populationStatistics: Check = {
  file: 'population_statistics.json',
  run(rows) {
    const exact = new WorstError(1e-9);
    const bands = new WorstError(1e-6);
    (rows as readonly Row[]).forEach((row, index) => {
      for (const [worst, comparisons] of [
        [exact, [...comparisonsOfSamples(row), ...comparisonsOfPairs(row), ...comparisonsOfWeighted(row)]],
        [bands, comparisonsOfBands(row)],
      ] as const) {
        worst.countCase();
        for (const [name, actual, expected] of comparisons)
          worst.add(distance(actual, expected), `row ${index}: ${name}`);
      }
    });
    return [exact.result(), bands.result()];
  },
};

type Comparison = readonly [name: string, actual: number | null | undefined, expected: number | null | undefined];

function distance(actual: number | null | undefined, expected: number | null | undefined): number {
  if ((actual ?? null) === null && (expected ?? null) === null) return 0;
  return Math.abs((actual ?? NaN) - (expected ?? NaN));
}

function comparisonsOfBands({ x, confidence, ks_half_width, learned_miller }: Row): Comparison[] {
  const { tail, lower, upper } = learnedMillerBand(x.length, confidence);
  return [
    ['ks_half_width', ksHalfWidth(x.length, confidence), ks_half_width],
    ['learned_miller.tail', tail, learned_miller.tail],
    ...lower.map((bound, i) => [`learned_miller.lower[${i}]`, bound, learned_miller.lower[i]] as const),
    ...upper.map((bound, i) => [`learned_miller.upper[${i}]`, bound, learned_miller.upper[i]] as const),
  ];
}

function comparisonsOfSamples(row: Row): Comparison[] {
  const { x, y } = row;
  const brunner = brunnerMunzel(x, y);
  return [
    ['dkw_half_width', dkwHalfWidth(x.length, row.confidence), row.dkw_half_width],
    ['probability_of_improvement', probabilityOfImprovement(x, y), row.probability_of_improvement],
    ['mann_whitney_p', mannWhitney(x, y).p, row.mann_whitney_p],
    ['brunner_munzel.statistic', brunner?.statistic, row.brunner_munzel?.statistic],
    ['brunner_munzel.p', brunner?.p, row.brunner_munzel?.p],
    ['interquartile_mean of x', interquartileMean(x), row.interquartile_mean[0]],
    ['interquartile_mean of y', interquartileMean(y), row.interquartile_mean[1]],
    ['hodges_lehmann', hodgesLehmann(x, y, row.confidence).shift, row.hodges_lehmann],
  ];
}

function comparisonsOfPairs({ x, y, confidence, paired, replicates }: Row): Comparison[] {
  const pairs = x.slice(0, y.length).map((value, index) => [value, y[index]!] as const);
  const { mean, interval, tP, signP, ...counted } = pairedDifferences(pairs, confidence);
  const { within, between, icc } = varianceComponents(replicates.table);
  return [
    ['paired.pairs', counted.pairs, paired.pairs],
    ['paired.mean', mean, paired.mean],
    ['paired.low', interval.low, paired.low],
    ['paired.high', interval.high, paired.high],
    ['paired.t_p', tP, paired.t_p],
    ['paired.sign_p', signP, paired.sign_p],
    ['replicates.within', within, replicates.within],
    ['replicates.between', between, replicates.between],
    ['replicates.icc', icc, replicates.icc],
  ];
}

function comparisonsOfWeighted({ x, y, weighted }: Row): Comparison[] {
  const first = weightedEdf({ errors: x, weights: weighted.x_weights });
  const second = weightedEdf({ errors: y, weights: weighted.y_weights });
  return [
    ['weighted.ks', largestEdfDistance(first.steps, second.steps).distance, weighted.ks],
    ['weighted.means of x', first.mean, weighted.means[0]],
    ['weighted.means of y', second.mean, weighted.means[1]],
    ['weighted.effective_n of x', first.effectiveSize, weighted.effective_n[0]],
    ['weighted.effective_n of y', second.effectiveSize, weighted.effective_n[1]],
  ];
}
