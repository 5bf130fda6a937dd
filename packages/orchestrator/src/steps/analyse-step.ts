import {
  bootstrapBest,
  type BootstrapRange,
  errorsOf,
  expectedBest,
  holmAdjustment,
  type KolmogorovSmirnov,
  type Summary,
  summarise,
  twoSampleKolmogorovSmirnov,
} from '@netspace/statistics';
import { writeJson } from '../json-file.js';
import type { SpaceResults } from '../results.js';
import type { RunFolder } from '../run-folder.js';
import type { Study } from '../study.js';

/** What the errors of one space say. Errors in per cent; diverged networks count as 100 %. */
export interface SpaceAnalysis {
  readonly space: string;
  readonly networks: { readonly completed: number; readonly diverged: number; readonly failed: number };
  readonly errors: Summary;
  /** Against the study's first space; null for that space. */
  readonly kolmogorovSmirnov: KolmogorovSmirnov | null;
  /** That test's p-value, exact where it was computed, adjusted for the number of comparisons (Holm). */
  readonly adjustedP: number | null;
  /** Expected lowest error of m random networks. */
  readonly expectedBest: Readonly<Record<number, number>>;
  /** Where the best networks' values of each drawn parameter lie. */
  readonly goodParameters: Readonly<Record<string, BootstrapRange>>;
}

/** Compares the error distributions of the spaces, and writes what it finds. */
export function analyseStep(study: Study, results: readonly SpaceResults[], folder: RunFolder): SpaceAnalysis[] {
  const errors = results.map(({ records }) => errorsOf(records));
  const tests = errors.slice(1).map((others) => twoSampleKolmogorovSmirnov(errors[0]!, others));
  const adjusted = tests.length === 0 ? [] : holmAdjustment(tests.map(pValueOf));
  const analyses = results.map((result, index) => ({
    ...analyseSpace(study, result, errors[index]!),
    kolmogorovSmirnov: tests[index - 1] ?? null,
    adjustedP: adjusted[index - 1] ?? null,
  }));
  writeJson(folder.analysis, analyses);
  return analyses;
}

/** The p-value of a test: exact where it was computed. */
export function pValueOf({ exactP, asymptoticP }: KolmogorovSmirnov): number {
  return exactP ?? asymptoticP;
}

function analyseSpace(
  { seed }: Study,
  { population, records }: SpaceResults,
  errors: readonly number[],
): Omit<SpaceAnalysis, 'kolmogorovSmirnov' | 'adjustedP'> {
  const count = (wanted: string): number => records.filter(({ status }) => status === wanted).length;
  const trained = records.filter(({ status }) => status !== 'failed');
  return {
    space: population.space,
    networks: { completed: count('completed'), diverged: count('diverged'), failed: count('failed') },
    errors: summarise(errors),
    expectedBest: Object.fromEntries(
      [1, 5, 10, 25, 100].filter((m) => m <= errors.length).map((m) => [m, expectedBest(errors, m)]),
    ),
    goodParameters: Object.fromEntries(
      Object.keys(population.networks[0]?.parameters ?? {}).map((name) => {
        const values = trained.map(({ network }) => network.parameters[name]!);
        return [name, bootstrapBest({ values, errors, seed })];
      }),
    ),
  };
}
