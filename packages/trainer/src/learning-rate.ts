import type { LearningRateSchedule, Recipe } from '@netspace/contracts';

/**
 * The learning rate at a moment of a training, as pycls (core/optimizer.py, `get_epoch_lr`), which takes it at the
 * start of each epoch; the trainer takes it at every step.
 *
 * With t = epoch / epochs and m = minimumFactor: cosine base ((1 - m) (1 + cos(pi t)) / 2 + m); linear
 * base ((1 - m) (1 - t) + m); exponential base m^t; step base factor^(number of its epochs that have begun). During the
 * warm-up, times factor (1 - a) + a, with a the share of the warm-up that has passed.
 *
 * @param epoch - Epochs since the start, with their fraction: 0 to `recipe.epochs`.
 * @example
 * import { learningRateAt, recipeSchema } from '@netspace/trainer';
 * const recipe = recipeSchema.parse({ epochs: 10, learningRate: { base: 0.5 } });
 * learningRateAt(recipe, 0); // => 0.05
 * learningRateAt(recipe, 0.5) < learningRateAt(recipe, 1); // => true
 * learningRateAt(recipe, 5); // => 0.25
 */
export function learningRateAt(
  { learningRate, warmup, epochs }: Pick<Recipe, 'learningRate' | 'warmup' | 'epochs'>,
  epoch: number,
): number {
  const rate = learningRate.base * scheduleFactor(learningRate, epoch, epochs);
  if (epoch >= warmup.epochs) return rate;
  const passed = epoch / warmup.epochs;
  return rate * (warmup.factor * (1 - passed) + passed);
}

function scheduleFactor(rate: LearningRateSchedule, epoch: number, epochs: number): number {
  const passed = epoch / epochs;
  switch (rate.schedule) {
    case 'cosine':
      return downTo(rate.minimumFactor, (1 + Math.cos(Math.PI * passed)) / 2);
    case 'linear':
      return downTo(rate.minimumFactor, 1 - passed);
    case 'exponential':
      return rate.minimumFactor ** passed;
    case 'step':
      return rate.factor ** rate.epochs.filter((start) => epoch >= start).length;
  }
}

/** A curve from 1 to 0, pressed to go from 1 to `minimum`. */
const downTo = (minimum: number, curve: number): number => (1 - minimum) * curve + minimum;
