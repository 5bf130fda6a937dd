import type { Recipe } from '@netspace/contracts';
import { z } from 'zod';

const fraction = z.number().min(0).max(1);
const belowOne = z.number().min(0).lt(1);
const rate = z.number().min(0);

const base = z.number().positive().default(0.1).meta({ description: 'Learning rate where the schedule begins.' });
const minimumFactor = fraction.meta({ description: 'Share of the base at which the schedule ends.' });

const schedules = [
  z.strictObject({
    schedule: z.literal('cosine').default('cosine').meta({ description: 'Half a period of a cosine.' }),
    base,
    minimumFactor: minimumFactor.default(0),
  }),
  z.strictObject({
    schedule: z.literal('step').meta({ description: 'Constant, but times `factor` at each of `epochs`.' }),
    base,
    epochs: z
      .array(z.number().positive())
      .meta({ description: 'When the rate changes, counted from the start.', unit: 'epochs' }),
    factor: fraction.default(0.1).meta({ description: 'By what the rate is multiplied at each step.' }),
  }),
  z.strictObject({
    schedule: z.literal('linear').meta({ description: 'A straight line.' }),
    base,
    minimumFactor: minimumFactor.default(0),
  }),
  z.strictObject({
    schedule: z.literal('exponential').meta({ description: 'The same factor at every step.' }),
    base,
    // From a base to zero there is no exponential.
    minimumFactor: z.number().positive().max(1).meta({ description: 'Share of the base at which the schedule ends.' }),
  }),
] as const;

const learningRate = z.discriminatedUnion('schedule', schedules, { error: 'cosine, step, linear, exponential' });

const optimizer = z
  .strictObject({
    momentum: belowOne.default(0.9).meta({ description: 'Share of the last step that the next one keeps.' }),
    nesterov: z.boolean().default(true).meta({ description: "Whether the momentum is Nesterov's." }),
    weightDecay: rate.default(5e-5).meta({ description: 'L2 decay of convolution and linear weights.' }),
    batchNormWeightDecay: z
      .exactOptional(rate)
      .meta({ description: "L2 decay of batch normalisation's scales and shifts; `weightDecay` where left out." }),
    biasWeightDecay: z.exactOptional(rate).meta({ description: 'L2 decay of biases; `weightDecay` where left out.' }),
  })
  .transform(({ weightDecay, ...own }) => ({
    batchNormWeightDecay: weightDecay,
    biasWeightDecay: weightDecay,
    ...own,
    weightDecay,
  }));

const warmup = z.strictObject({
  epochs: rate.default(1).meta({
    description: 'How long the rate rises in a straight line; 0: no warm-up.',
    unit: 'epochs',
  }),
  factor: fraction.default(0.1).meta({ description: "Share of the schedule's rate at which it starts." }),
});

const movingAverage = z.strictObject({
  decay: fraction.default(0.99999).meta({
    description:
      "What the average keeps: the network's weight is (1 - decay) * batchSize * period / epochs, at most 1.",
  }),
  period: z.int().min(1).default(32).meta({ description: 'Steps from one update to the next.', unit: 'steps' }),
});

const preciseStatistics = z.strictObject({
  images: z.int().min(1).default(8192).meta({ description: 'Training images that give them.', unit: 'images' }),
});

const augmentation = z.strictObject({
  cropPadding: z.int().min(0).default(4).meta({
    description: 'Width of the border around an image, from which a window of its own size is cut at random.',
    unit: 'pixels',
  }),
  mirror: z.boolean().default(true).meta({
    description: 'Whether half of the images are mirrored left to right, where the dataset is mirrorable.',
  }),
});

/**
 * The `recipe` section of a study file. What is left out is the paper's (section 3.1) or, where the paper is silent,
 * pycls' (core/config.py): 10 epochs in batches of 128; SGD with Nesterov momentum 0.9; half-period cosine from 0.1 to
 * 0, from a tenth of it during the first epoch; weight decay 5e-5 on every parameter; no label smoothing; crop with
 * padding 4 and mirroring. pycls warms up 5 of 100 epochs from 0.1 of the rate; a short training without any leaves 5 to
 * 20 % of a population untrained, and compares the recipe rather than the spaces.
 * Without a `precision` and a `storage` training is in float32.
 * `movingAverage` and `preciseStatistics` are off unless present; `{}` turns them on with pycls' values. Every key has a
 * `description` in its `meta()`, and a `unit` where it has one.
 *
 * @example
 * import { recipeSchema } from '@netspace/trainer';
 * const recipe = recipeSchema.parse({ epochs: 5, optimizer: { weightDecay: 1e-4 } });
 * recipe.optimizer.biasWeightDecay; // => 1e-4
 * recipe.warmup; // => { epochs: 1, factor: 0.1 }
 * recipe.learningRate; // => { schedule: 'cosine', base: 0.1, minimumFactor: 0 }
 */
export const recipeSchema = z.strictObject({
  epochs: z.int().min(1).default(10).meta({ description: 'Passes over the training images.', unit: 'epochs' }),
  batchSize: z.int().min(1).default(128).meta({ description: 'Images a step.', unit: 'images' }),
  optimizer: optimizer.prefault({}).meta({ description: 'Stochastic gradient descent.' }),
  precision: z.exactOptional(z.enum(['float32', 'bfloat16'])).meta({
    description:
      'What training multiplies in, float32 where left out; bfloat16 is faster where the engine has it, and an error elsewhere.',
  }),
  storage: z.exactOptional(z.enum(['float32', 'bfloat16'])).meta({
    description:
      'How training keeps maps in memory, float32 where left out; bfloat16 takes about half of it, and is an error where the engine does not have it.',
  }),
  learningRate: learningRate.prefault({}).meta({ description: 'The learning rate over the training, step by step.' }),
  warmup: warmup.prefault({}).meta({ description: 'How the learning rate starts.' }),
  labelSmoothing: belowOne
    .default(0)
    .meta({ description: 'Share of the target that is spread evenly over all classes.' }),
  movingAverage: z.exactOptional(movingAverage).meta({
    description:
      "Exponential moving average of the network's state, whose error is the network's; none where left out.",
  }),
  preciseStatistics: z.exactOptional(preciseStatistics).meta({
    description: 'Recomputes the statistics of batch normalisation before each test; not where left out.',
  }),
  validation: z.exactOptional(z.number().positive().lt(1)).meta({
    description:
      'Share of the training images, of each class alike, that is held out: networks are chosen by their error on it, and their test error is reported.',
  }),
  augmentation: augmentation.prefault({}).meta({ description: 'Random changes of training images.' }),
}) satisfies z.ZodType<Recipe>;
