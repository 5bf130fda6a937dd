import type { DesignSpace } from '@netspace/design-space';
import { recipeSchema } from '@netspace/trainer/recipe';
import { z } from 'zod';
import type { StudyRecord } from './study.js';
import { analysisKeys } from './analysis-keys.js';
import { latencySchema } from './latency-schema.js';
import { refineSchema } from './refine-schema.js';

const range = z.strictObject({ low: z.number(), high: z.number() });

const stride = z.literal([1, 2]);

const space = z.strictObject({
  name: z.string(),
  description: z.string(),
  kind: z.enum(['anynet', 'regnet']),
  block: z.string(),
  squeezeExcitationRatio: z.number(),
  stages: range,
  strides: z.union([stride, z.array(stride)]),
  parameters: z.record(
    z.string(),
    z.union([
      z.strictObject({ distribution: z.string(), low: z.number(), high: z.number(), quantum: z.number() }),
      z.strictObject({ value: z.number() }),
      z.strictObject({ equals: z.string() }),
    ]),
  ),
  shared: z.array(z.string()),
  nondecreasing: z.array(z.string()),
  constraints: z.array(z.string()),
}) satisfies z.ZodType<DesignSpace>;

const evaluator = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('train') }),
  z.strictObject({
    kind: z.literal('command'),
    command: z.array(z.string()),
    timeLimit: z.number(),
    processes: z.enum(['each', 'many']),
  }),
  z.strictObject({
    kind: z.literal('plugin'),
    name: z.string(),
    options: z.record(z.string(), z.unknown()),
  }),
]);

/** The form of a {@link StudyRecord}; what a record of an earlier netspace does not say is the default. */
export const studyRecordSchema = z.strictObject({
  name: z.string(),
  seed: z.int(),
  networks: z.int(),
  replicates: z.int(),
  replicated: z.exactOptional(z.int()),
  engine: z.string(),
  evaluator,
  ...analysisKeys,
  latency: z.exactOptional(latencySchema),
  refine: z.exactOptional(refineSchema),
  plugins: z.array(z.strictObject({ specifier: z.string(), hash: z.string(), provides: z.array(z.string()) })),
  settings: z
    .array(
      z.strictObject({
        name: z.string(),
        regime: z.strictObject({
          flops: z.exactOptional(range),
          params: z.exactOptional(range),
          acts: z.exactOptional(range),
        }),
        stem: z.strictObject({ type: z.string(), width: z.number() }),
        dataset: z.looseObject({ name: z.string() }),
        recipe: recipeSchema,
        spaces: z.array(space).min(1),
      }),
    )
    .min(1),
}) satisfies z.ZodType<StudyRecord>;
