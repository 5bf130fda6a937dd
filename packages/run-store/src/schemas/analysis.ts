import type { ArmAnalysis, ArmComparison, NetworkResult, QuantizedLinearFit, StudyAnalysis } from '@netspace/contracts';
import { z } from 'zod';
import { latencySchema } from './latencies.js';
import { complexitySchema, regimeSchema, sampledNetworkSchema, samplingReportSchema } from './network.js';

const count = z.int().min(0);

export const quantizedLinearFitSchema: z.ZodType<QuantizedLinearFit> = z.strictObject({
  initialWidth: z.number(),
  slope: z.number(),
  widthMultiplier: z.number(),
  depth: z.int(),
  fitError: z.number(),
});

const networkResultSchema: z.ZodType<NetworkResult> = z.strictObject({
  network: sampledNetworkSchema,
  error: z.number(),
  errors: z.array(z.number().nullable()),
  diverged: z.boolean(),
  seconds: z.number(),
  fit: quantizedLinearFitSchema,
  fittedWidths: z.array(z.number()),
});

const countsSchema = z.strictObject({
  networks: count,
  trained: count,
  completed: count,
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
  values: z.array(z.number()),
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
  networks: z.array(z.strictObject({ networkId: z.string(), complexity: complexitySchema, latency: latencySchema })),
  median: z.number(),
  correlations: z.strictObject({
    flops: latencyCorrelationSchema,
    params: latencyCorrelationSchema,
    acts: latencyCorrelationSchema,
  }),
});

const armSchema: z.ZodType<ArmAnalysis> = z.strictObject({
  name: z.string(),
  setting: z.string(),
  space: z.string(),
  regime: regimeSchema,
  seed: z.int(),
  sampling: samplingReportSchema,
  degreesOfFreedom: count,
  size: z.string(),
  counts: countsSchema,
  networks: z.array(networkResultSchema),
  failures: z.array(z.strictObject({ networkId: z.string(), replicate: count, message: z.string() })),
  errors: summarySchema.nullable(),
  edf: z.array(z.strictObject({ error: z.number(), below: z.number(), atMost: z.number() })),
  expectedBest: z.array(z.number()),
  parameters: z.array(parameterSchema),
  trends: trendsSchema.nullable(),
  fitErrorCorrelation: z.number().nullable(),
  latency: armLatencySchema.nullable(),
});

const comparisonSchema: z.ZodType<ArmComparison> = z.strictObject({
  first: z.string(),
  other: z.string(),
  test: z.strictObject({
    statistic: z.number(),
    at: z.number(),
    shares: z.tuple([z.number(), z.number()]),
    asymptoticP: z.number(),
    exactP: z.number().nullable(),
  }),
  p: z.number(),
  adjustedP: z.number(),
  dominates: z.enum(['first', 'other', 'both', 'neither']),
});

export const studyAnalysisSchema: z.ZodType<StudyAnalysis> = z.strictObject({
  arms: z.array(armSchema),
  comparisons: z.array(comparisonSchema),
  latency: z.strictObject({ engine: z.string(), batchSize: z.int() }).nullable(),
});
