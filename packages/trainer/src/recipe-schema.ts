import type { Recipe } from '@netspace/contracts';
import { z } from 'zod';

const fraction = z.number().min(0).max(1);
const belowOne = z.number().min(0).lt(1);
const rate = z.number().min(0);
const base = z.number().positive().default(0.1);

const schedules = [
  z.strictObject({ schedule: z.literal('cosine').default('cosine'), base, minimumFactor: fraction.default(0) }),
  z.strictObject({
    schedule: z.literal('step'),
    base,
    epochs: z.array(z.number().positive()),
    factor: fraction.default(0.1),
  }),
  z.strictObject({ schedule: z.literal('linear'), base, minimumFactor: fraction.default(0) }),
  // From a base to zero there is no exponential.
  z.strictObject({ schedule: z.literal('exponential'), base, minimumFactor: z.number().positive().max(1) }),
] as const;

const learningRate = z.discriminatedUnion('schedule', schedules, { error: 'cosine, step, linear, exponential' });

const optimizer = z
  .strictObject({
    momentum: belowOne.default(0.9),
    nesterov: z.boolean().default(true),
    weightDecay: rate.default(5e-5),
    batchNormWeightDecay: z.exactOptional(rate),
    biasWeightDecay: z.exactOptional(rate),
  })
  .transform(({ weightDecay, ...own }) => ({
    batchNormWeightDecay: weightDecay,
    biasWeightDecay: weightDecay,
    ...own,
    weightDecay,
  }));

/**
 * The `recipe` section of a study file. What is left out is the paper's (section 3.1) or, where the paper is silent,
 * pycls' (core/config.py): 10 epochs in batches of 128; SGD with Nesterov momentum 0.9; half-period cosine from 0.1 to
 * 0 without warm-up; weight decay 5e-5 on every parameter; no label smoothing; crop with padding 4 and mirroring.
 * Without a `precision` training is in float32.
 * `movingAverage` and `preciseStatistics` are off unless present; `{}` turns them on with pycls' values.
 *
 * @example
 * import { recipeSchema } from '@netspace/trainer';
 * const recipe = recipeSchema.parse({ epochs: 5, optimizer: { weightDecay: 1e-4 } });
 * recipe.optimizer.biasWeightDecay; // => 1e-4
 * recipe.learningRate; // => { schedule: 'cosine', base: 0.1, minimumFactor: 0 }
 */
export const recipeSchema = z.strictObject({
  /** Passes over the training set. */
  epochs: z.int().min(1).default(10),
  /** Images a step. */
  batchSize: z.int().min(1).default(128),
  /** SGD; the decays of batch normalisation and biases are `weightDecay` unless given. */
  optimizer: optimizer.prefault({}),
  /** What training multiplies in; `bfloat16` is faster where the engine has it, and an error elsewhere. */
  precision: z.exactOptional(z.enum(['float32', 'bfloat16'])),
  learningRate: learningRate.prefault({}),
  /** The rate starts at `factor` times the schedule's and reaches it after so many epochs. */
  warmup: z.strictObject({ epochs: rate.default(0), factor: fraction.default(0.1) }).prefault({}),
  labelSmoothing: belowOne.default(0),
  /** Exponential moving average of the state; its error is the network's. See `averageWeight` for how `decay` acts. */
  movingAverage: z.exactOptional(
    z.strictObject({ decay: fraction.default(0.99999), period: z.int().min(1).default(32) }),
  ),
  /** Batch normalisation statistics over so many training images before each evaluation. */
  preciseStatistics: z.exactOptional(z.strictObject({ images: z.int().min(1).default(8192) })),
  /** Random changes of training images; `mirror` is obeyed only where the dataset is mirrorable. */
  augmentation: z
    .strictObject({ cropPadding: z.int().min(0).default(4), mirror: z.boolean().default(true) })
    .prefault({}),
}) satisfies z.ZodType<Recipe>;
