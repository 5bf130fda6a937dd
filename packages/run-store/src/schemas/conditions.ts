import type { Conditions, DatasetDescription, LearningRateSchedule, Recipe } from '@netspace/contracts';
import { z } from 'zod';

const share = z.number().min(0).max(1);
const positive = z.int().min(1);

const learningRateSchema: z.ZodType<LearningRateSchedule> = z.discriminatedUnion('schedule', [
  z.strictObject({ schedule: z.literal('cosine'), base: z.number(), minimumFactor: share }),
  z.strictObject({ schedule: z.literal('step'), base: z.number(), epochs: z.array(z.number()), factor: z.number() }),
  z.strictObject({ schedule: z.literal('linear'), base: z.number(), minimumFactor: share }),
  z.strictObject({ schedule: z.literal('exponential'), base: z.number(), minimumFactor: share }),
]);

const recipeSchema: z.ZodType<Recipe> = z.strictObject({
  epochs: z.number().positive(),
  batchSize: positive,
  optimizer: z.strictObject({
    momentum: share,
    nesterov: z.boolean(),
    weightDecay: z.number().min(0),
    batchNormWeightDecay: z.number().min(0),
    biasWeightDecay: z.number().min(0),
  }),
  precision: z.enum(['float32', 'bfloat16']).exactOptional(),
  storage: z.enum(['float32', 'bfloat16']).exactOptional(),
  learningRate: learningRateSchema,
  warmup: z.strictObject({ epochs: z.number().min(0), factor: z.number() }),
  labelSmoothing: share,
  movingAverage: z.strictObject({ decay: z.number(), period: positive }).exactOptional(),
  preciseStatistics: z.strictObject({ images: positive }).exactOptional(),
  validation: z.number().positive().lt(1).exactOptional(),
  augmentation: z.strictObject({ cropPadding: z.int().min(0), mirror: z.boolean() }),
});

export const conditionsSchema: z.ZodType<Conditions> = z.strictObject({
  seed: z.int(),
  recipe: recipeSchema,
  evaluator: z.looseObject({ kind: z.string() }),
  dataset: z.strictObject({ name: z.string(), hash: z.string() }).nullable(),
  plugins: z.record(z.string(), z.string()),
});

/** What a run keeps of a dataset: for `run.json`. */
export const datasetDescriptionSchema: z.ZodType<DatasetDescription> = z.strictObject({
  name: z.string(),
  hash: z.string(),
  classes: positive,
  channels: positive,
  imageSize: positive,
  images: z.strictObject({
    train: positive.exactOptional(),
    validation: positive.exactOptional(),
    test: positive.exactOptional(),
  }),
  mirrorable: z.boolean(),
  mean: z.array(z.number()),
  standardDeviation: z.array(z.number()),
  chanceLoss: z.number().min(0).exactOptional(),
});
