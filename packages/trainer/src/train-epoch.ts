import type { Metrics } from '@netspace/contracts';
import type { History } from './history.js';
import { learningRateAt } from './learning-rate.js';
import type { MovingAverage } from './moving-average.js';
import { nextStep } from './next-step.js';
import { addMetrics, noMetrics } from './scores.js';
import { secondsSince } from './seconds-since.js';
import type { Training } from './training.js';

/** Steps between two looks at the loss: an engine that runs behind is made to catch up only so often. */
const stepsPerCheck = 64;

/**
 * One pass over the training images.
 *
 * @param epoch - From 0.
 * @param average - Moved along, where there is one.
 * @param history - Gets the images and the seconds, also where the pass ends early.
 * @throws Divergence where the loss is not finite.
 */
export async function trainEpoch(
  training: Training,
  epoch: number,
  average: MovingAverage | undefined,
  history: History,
): Promise<Metrics> {
  const start = performance.now();
  try {
    return await trainSteps(training, epoch, average, history);
  } finally {
    history.trainingSeconds += secondsSince(start);
  }
}

async function trainSteps(
  { network, source, recipe, onProgress, signal }: Training,
  epoch: number,
  average: MovingAverage | undefined,
  history: History,
): Promise<Metrics> {
  const stepsPerEpoch = source.trainingBatchesPerEpoch;
  let metrics = noMetrics;
  let step = 0;
  for await (const batch of source.trainingBatches(epoch)) {
    await nextStep(signal);
    network.trainStep(batch, learningRateAt(recipe, epoch + step / stepsPerEpoch), recipe.labelSmoothing);
    await average?.afterStep(epoch, step);
    step += 1;
    history.trainingImages += batch.count;
    if (step % stepsPerCheck === 0) metrics = addMetrics(metrics, await network.takeMetrics());
    onProgress?.({ epoch: epoch + 1, epochs: recipe.epochs, step, stepsPerEpoch });
  }
  return addMetrics(metrics, await network.takeMetrics());
}
