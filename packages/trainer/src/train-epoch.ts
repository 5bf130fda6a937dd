import { setImmediate } from 'node:timers/promises';
import { checkpointOf, type Course } from './course.js';
import { learningRateAt } from './learning-rate.js';
import { addMetrics } from './scores.js';
import type { Training } from './training.js';

/** Steps between two looks at the loss: an engine that runs behind is made to catch up only so often. */
const stepsPerCheck = 64;

/**
 * One pass over the training images, or what is left of it.
 *
 * @param course - Gets steps, metrics, images and seconds, also where the pass ends early.
 * @throws Divergence where the loss is not finite. The signal's reason where it is aborted: a checkpoint is kept before.
 */
export async function trainEpoch(training: Training, course: Course): Promise<void> {
  course.watches.steps.start();
  try {
    await trainSteps(training, course);
  } finally {
    course.watches.steps.stop();
  }
}

async function trainSteps(training: Training, course: Course): Promise<void> {
  const { network, source, recipe, onProgress } = training;
  const stepsPerEpoch = source.trainingBatchesPerEpoch;
  const epoch = course.epochs.length;
  for await (const batch of source.trainingBatches(epoch, course.step)) {
    await betweenSteps(training, course);
    network.trainStep(batch, learningRateAt(recipe, epoch + course.step / stepsPerEpoch), recipe.labelSmoothing);
    await course.average?.afterStep(epoch, course.step);
    course.step += 1;
    course.images += batch.count;
    if (course.step % stepsPerCheck === 0) course.metrics = addMetrics(course.metrics, await network.takeMetrics());
    onProgress?.({ epoch: epoch + 1, epochs: recipe.epochs, step: course.step, stepsPerEpoch });
  }
  course.metrics = addMetrics(course.metrics, await network.takeMetrics());
}

/** Lets the process do what else is waiting, and keeps a checkpoint where it is time to, or the training is to end. */
async function betweenSteps(training: Training, course: Course): Promise<void> {
  const { signal, checkpoints } = training;
  await setImmediate();
  if (checkpoints !== undefined && (signal?.aborted === true || checkpoints.isDue())) {
    const checkpoint = await checkpointOf(training, course);
    if (checkpoint !== undefined) await checkpoints.keep(checkpoint);
  }
  signal?.throwIfAborted();
}
