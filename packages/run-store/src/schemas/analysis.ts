import type {
  ArmComparison,
  ArmFindings,
  ClaimResult,
  QuantizedLinearFit,
  ResultNetwork,
  StudyFindings,
} from '@netspace/contracts';
import { z } from 'zod';
import { latencySchema } from './latencies.js';
import { complexitySchema, networkConfigSchema, regimeSchema, samplingReportSchema } from './network.js';

const count = z.int().min(0);

export const quantizedLinearFitSchema: z.ZodType<QuantizedLinearFit> = z.strictObject({
  initialWidth: z.number(),
  slope: z.number(),
  widthMultiplier: z.number(),
  depth: z.int(),
  fitError: z.number(),
});

const intervalSchema = z.strictObject({ low: z.number(), high: z.number() });

const differenceSchema = z.strictObject({ difference: z.number(), interval: intervalSchema.nullable() });

export const resultNetworkSchema: z.ZodType<ResultNetwork> = z.strictObject({
  id: z.string(),
  index: count,
  parameters: z.record(z.string(), z.number()),
  complexity: z.strictObject({
    flops: z.number().exactOptional(),
    params: z.number().exactOptional(),
    acts: z.number().exactOptional(),
  }),
  config: networkConfigSchema.nullable(),
  pair: z.string().exactOptional(),
});

const countsSchema = z.strictObject({
  networks: count,
  trained: count,
  completed: count,
  untrained: count.nullable(),
  diverged: count,
  failed: count,
  missing: count,
  trainings: z.strictObject({ done: count, failed: count, asked: count }),
});

const summarySchema = z.strictObject({
  n: count,
  min: z.number(),
  lowerQuartile: z.number(),
  median: z.number(),
  upperQuartile: z.number(),
  max: z.number(),
  mean: z.number(),
});

const parameterSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['drawn', 'derived', 'fitted']),
  best: z.strictObject({ median: z.number(), low: z.number(), high: z.number() }),
  rankCorrelation: z.number().nullable(),
});

const lineFitSchema = z.strictObject({ intercept: z.number(), slope: z.number(), r2: z.number() });

const trendsSchema = z.strictObject({
  best: count,
  params: lineFitSchema.nullable(),
  acts: lineFitSchema.nullable(),
  frontier: z.array(z.string()),
});

const latencyCorrelationSchema = z.strictObject({ pearson: z.number(), spearman: z.number() }).nullable();

const armLatencySchema = z.strictObject({
  engine: z.string(),
  description: z.string(),
  batchSize: z.int(),
  networks: z.array(z.strictObject({ networkId: z.string(), complexity: complexitySchema, latency: latencySchema })),
  median: z.number(),
  correlations: z.strictObject({
    flops: latencyCorrelationSchema,
    params: latencyCorrelationSchema,
    acts: latencyCorrelationSchema,
  }),
});

/** Of long lists of numbers, whose items have no place in a message: checked in a fraction of the time. */
const numbers = z.custom<number[]>(
  (value) => Array.isArray(value) && value.every(Number.isFinite),
  'no list of numbers',
);

const armSchema: z.ZodType<ArmFindings> = z.strictObject({
  name: z.string(),
  setting: z.string(),
  space: z.string(),
  regime: regimeSchema,
  seed: z.int(),
  sampling: samplingReportSchema.nullable(),
  degreesOfFreedom: count.nullable(),
  size: z.string().nullable(),
  counts: countsSchema,
  chosenBy: z.enum(['test', 'validation']),
  errors: summarySchema.nullable(),
  band: z.strictObject({ below: z.number(), lower: numbers, upper: numbers }).nullable(),
  bestOf: z.strictObject({ expected: numbers, median: numbers, low: numbers, high: numbers }),
  repeatability: z
    .strictObject({
      networks: count,
      within: z.number(),
      between: z.number(),
      reliability: z.strictObject({ value: z.number(), interval: intervalSchema }).nullable(),
      trainingsForReliableRanking: count.nullable(),
    })
    .nullable(),
  epochRankings: z.array(z.strictObject({ epoch: count, rankCorrelation: z.number(), interval: intervalSchema })),
  rankingEpoch: count.nullable(),
  parameters: z.array(parameterSchema),
  trends: trendsSchema.nullable(),
  widthTrend: z.strictObject({ networks: count, slope: z.number(), interval: intervalSchema }).nullable(),
  fitErrorCorrelation: z.number().nullable(),
  latencies: z.array(armLatencySchema),
});

const weightedArmSchema = z.strictObject({ mean: z.number(), effectiveNetworks: z.number() });

const comparisonSchema: z.ZodType<ArmComparison> = z.strictObject({
  first: z.string(),
  other: z.string(),
  networks: z.tuple([count, count]),
  medianDifference: differenceSchema,
  interquartileMeanDifference: differenceSchema,
  probabilityOfImprovement: z.strictObject({ value: z.number(), interval: intervalSchema.nullable() }),
  test: z.strictObject({
    statistic: z.number(),
    at: z.number(),
    shares: z.tuple([z.number(), z.number()]),
    asymptoticP: z.number(),
    exactP: z.number().nullable(),
  }),
  p: z.number(),
  adjustedP: z.number(),
  mannWhitneyP: z.number(),
  brunnerMunzelP: z.number().nullable(),
  dominates: z.enum(['first', 'other', 'both', 'neither']),
  matched: z
    .strictObject({
      alikeIn: z.enum(['pair', 'flops']),
      pairs: count,
      improved: z.strictObject({ share: z.number(), interval: intervalSchema }).nullable(),
      difference: differenceSchema,
      signP: z.number().nullable(),
      adjustedSignP: z.number().nullable(),
      equivalence: z.strictObject({ margin: z.number(), p: z.number(), adjustedP: z.number() }),
      efficiency: z.number().nullable(),
    })
    .nullable(),
  weighted: z.array(
    z.strictObject({
      measure: z.enum(['flops', 'params', 'acts']),
      first: weightedArmSchema,
      other: weightedArmSchema,
      distance: z.number(),
    }),
  ),
});

const claimSchema: z.ZodType<ClaimResult> = z.strictObject({
  name: z.string(),
  statement: z.string(),
  source: z.string(),
  where: z.string(),
  statistic: z.string(),
  unit: z.string(),
  effect: z.number().nullable(),
  interval: intervalSchema.nullable(),
  test: z.string(),
  margin: z.number(),
  falseP: z.number(),
  trueP: z.number(),
  networks: count,
  adjustedFalseP: z.number(),
  adjustedTrueP: z.number(),
  verdict: z.enum(['supported', 'contradicted', 'undecided']),
  decidingNetworks: count.nullable(),
});

export const studyFindingsSchema: z.ZodType<StudyFindings> = z.strictObject({
  arms: z.array(armSchema),
  comparisons: z.array(comparisonSchema),
  claims: z.array(claimSchema),
});
