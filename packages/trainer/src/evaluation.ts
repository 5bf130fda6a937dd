import type { NetworkState } from '@netspace/contracts';
import { addMetrics, noMetrics, type Scores, scoresOf } from './scores.js';
import { nextStep } from './next-step.js';
import type { Training } from './training.js';

/**
 * Tests the network as it is; first recomputes its statistics where the recipe says so.
 *
 * @param epoch - The epoch just trained, from 0: its batches give the statistics.
 */
export async function evaluate(training: Training, epoch: number): Promise<Scores> {
  await computePreciseStatistics(training, epoch);
  const { network, source, signal } = training;
  for (const batch of source.evaluationBatches()) {
    await nextStep(signal);
    network.evaluate(batch);
  }
  return scoresOf(addMetrics(noMetrics, await network.takeMetrics()));
}

/** Tests another state in the network, which then gets its own back, unless the last epoch is over: it keeps the other. */
export async function evaluateState(training: Training, state: NetworkState, epoch: number): Promise<Scores> {
  const { network, recipe } = training;
  const own = await network.getState();
  network.setState(state);
  const scores = await evaluate(training, epoch);
  if (epoch + 1 < recipe.epochs) network.setState(own);
  return scores;
}

/**
 * Replaces the running statistics by the means of the batches' means and unbiased variances over the first batches of
 * the epoch, `images` images of them (pycls core/net.py, `compute_precise_bn_stats`). Moving by 1 / k with the k-th
 * batch makes such a mean.
 */
async function computePreciseStatistics({ network, source, recipe, signal }: Training, epoch: number): Promise<void> {
  if (recipe.preciseStatistics === undefined) return;
  const batches = Math.max(1, Math.floor(recipe.preciseStatistics.images / recipe.batchSize));
  let done = 0;
  for (const batch of source.trainingBatches(epoch)) {
    await nextStep(signal);
    done += 1;
    network.updateStatistics(batch, 1 / done);
    if (done === batches) return;
  }
}
