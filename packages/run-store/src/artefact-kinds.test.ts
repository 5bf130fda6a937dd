import type { Conditions, Latencies, Population, StudyFindings } from '@netspace/contracts';
import { describe, expect, test } from '@jest/globals';
import { type ArtefactKind, analysisKind, conditionsKind, fitsKind, latenciesKind, populationKind } from './index.js';
import { completed } from './conformance/sample-records.js';

const { network } = completed('0123456789ab');
const sampling = { drawn: 40, accepted: 1, rejected: { flops: 38, duplicate: 1 } };

const population: Population = {
  space: 'RegNetX',
  regime: { flops: { low: 1, high: 2 }, params: { low: 0, high: 2 }, acts: { low: 0, high: 1e9 } },
  seed: 1,
  networks: [network],
  sampling,
};

const conditions: Conditions = {
  seed: 1,
  recipe: {
    epochs: 3,
    batchSize: 64,
    optimizer: {
      momentum: 0.9,
      nesterov: true,
      weightDecay: 5e-5,
      batchNormWeightDecay: 0,
      biasWeightDecay: 0,
    },
    precision: 'bfloat16',
    learningRate: { schedule: 'cosine', base: 0.1, minimumFactor: 0 },
    warmup: { epochs: 1, factor: 0.1 },
    labelSmoothing: 0,
    movingAverage: { decay: 1e-4, period: 32 },
    preciseStatistics: { images: 1000 },
    augmentation: { cropPadding: 4, mirror: true },
  },
  evaluator: { kind: 'train', engine: 'native', numerics: '3' },
  dataset: { name: 'mnist', hash: 'f'.repeat(64) },
  plugins: { 'block silu_block': '0'.repeat(64) },
};

const latency = { median: 2, lowerQuartile: 1, upperQuartile: 3, passes: 9 };
const measuredOn = { engine: 'native (avx2)', description: 'C++', batchSize: 1 };
const latencies: Latencies = [{ ...measuredOn, networks: { [network.id]: latency } }];
const fit = { initialWidth: 8, slope: 4.5, widthMultiplier: 2, depth: 12, fitError: 0.01 };
const lineFit = { intercept: 0, slope: 1, r2: 0.5 };
const correlation = { pearson: 1, spearman: -1 };

const interval = { low: 1, high: 9 };

const analysis: StudyFindings = {
  arms: [
    {
      name: 'noise=high/RegNetX',
      setting: 'noise=high',
      space: 'RegNetX',
      regime: { flops: { low: 1, high: 2 } },
      seed: 1,
      sampling,
      degreesOfFreedom: 6,
      size: '3.0e8',
      counts: {
        networks: 2,
        trained: 1,
        completed: 1,
        untrained: 1,
        diverged: 0,
        failed: 1,
        missing: 0,
        trainings: { done: 1, failed: 1, asked: 4 },
      },
      chosenBy: 'validation',
      errors: { n: 1, min: 7, lowerQuartile: 7, median: 7, upperQuartile: 7, max: 7, mean: 7 },
      band: { below: 0.9, lower: [0.1], upper: [1] },
      bestOf: { expected: [7], median: [7], low: [1], high: [9] },
      repeatability: {
        ...{ networks: 2, within: 1, between: 2, trainingsForReliableRanking: 3 },
        reliability: { value: 0.8, interval },
      },
      epochRankings: [{ epoch: 1, rankCorrelation: 0.5, interval }],
      rankingEpoch: null,
      parameters: [{ name: 'w_m', kind: 'drawn', best: { median: 2, low: 2, high: 2 }, rankCorrelation: null }],
      trends: { best: 1, params: lineFit, acts: null, frontier: [network.id] },
      widthTrend: { networks: 3, slope: 8, interval },
      fitErrorCorrelation: -0.5,
      latencies: [
        {
          ...measuredOn,
          networks: [{ networkId: network.id, complexity: network.complexity, latency }],
          median: 2,
          correlations: { flops: correlation, params: correlation, acts: null },
        },
      ],
    },
  ],
  comparisons: [
    {
      first: 'a',
      other: 'b',
      networks: [2, 3],
      medianDifference: { difference: 1, interval: null },
      interquartileMeanDifference: { difference: 1, interval },
      probabilityOfImprovement: { value: 0.5, interval },
      mannWhitneyP: 0.1,
      brunnerMunzelP: null,
      matched: {
        ...{ alikeIn: 'flops', pairs: 2, improved: { share: 0.5, interval } },
        ...{ difference: { difference: 1, interval }, signP: null, adjustedSignP: null, efficiency: 1.5 },
        equivalence: { margin: 1, p: 0.2, adjustedP: 0.4 },
      },
      weighted: [
        {
          measure: 'flops',
          first: { mean: 7, effectiveNetworks: 1.5 },
          other: { mean: 6, effectiveNetworks: 2 },
          distance: 0.5,
        },
      ],
      test: { statistic: 0.5, at: 7, shares: [0.5, 1], asymptoticP: 0.1, exactP: null },
      p: 0.1,
      adjustedP: 0.2,
      dominates: 'neither',
    },
  ],
  claims: [
    {
      ...{ name: 'c', statement: 'So.', source: 's', where: 'a to b', statistic: 'd', unit: '', effect: null },
      ...{ interval: null, test: 't', margin: 1, falseP: 0.5, trueP: 0.5, networks: 2 },
      ...{ adjustedFalseP: 1, adjustedTrueP: 1, verdict: 'undecided', decidingNetworks: null },
    },
  ],
};

const samples: readonly (readonly [kind: ArtefactKind<unknown>, content: unknown])[] = [
  [populationKind, population],
  [conditionsKind, conditions],
  [latenciesKind, latencies],
  [fitsKind, { [network.id]: fit }],
  [analysisKind, analysis],
];

/** Keys that may be missing; and maps whose keys are free, so that what is in them may be missing. */
const optional =
  /(regime\.(flops|params|acts)|precision|movingAverage|preciseStatistics|(plugins|evaluator|rejected|parameters|networks)\.[^.]*|^[0-9a-f]{12})$/;

describe.each(samples)('$schema', ({ content: schema }, sample) => {
  test('is what contracts says', () => {
    expect(schema.parse(sample)).toEqual(sample);
  });

  test('lacks no key that contracts requires, and has no value of another type', () => {
    for (const path of pathsOf(sample)) {
      const name = path.join('.');
      const isOptional = optional.test(name) && name !== 'evaluator.kind';
      const isItem = /^\d+$/.test(path.at(-1)!) && !name.includes('shares');
      if (!isOptional && !isItem)
        expect([name, schema.safeParse(without(sample, path)).success]).toEqual([name, false]);
      expect([name, schema.safeParse(replaced(sample, path, [[]])).success]).toEqual([
        name,
        name.startsWith('evaluator.') && name !== 'evaluator.kind',
      ]);
    }
  });

  test('has no other keys', () => {
    expect(schema.safeParse({ ...(sample as object), other: 1 }).success).toBe(false);
  });
});

/** The paths of all values inside a value. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])]);
}

function without(value: unknown, path: readonly string[]): unknown {
  return changed(value, path, (parent, key) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else Reflect.deleteProperty(parent, key);
  });
}

function replaced(value: unknown, path: readonly string[], inner: unknown): unknown {
  return changed(value, path, (parent, key) => Reflect.set(parent, key, inner));
}

/** A copy in which the object that holds the last key of a path is changed. */
function changed(value: unknown, path: readonly string[], change: (parent: object, key: string) => void): unknown {
  const copy = JSON.parse(JSON.stringify(value)) as object;
  let parent = copy;
  for (const key of path.slice(0, -1)) parent = Reflect.get(parent, key) as object;
  change(parent, path.at(-1)!);
  return copy;
}
