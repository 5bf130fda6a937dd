import type { MovingAverage } from './moving-average.js';
import { nextStep } from './next-step.js';
import { addMetrics, noMetrics, type Scores, scoresOf } from './scores.js';
import type { Training } from './training.js';

/** How good a network is after an epoch. */
export interface Evaluation {
  /** Of the network as it was trained. */
  readonly test: Scores;
  /** Of its moving average, where there is one. */
  readonly averageTest?: Scores;
  /** On the validation part, where there is one: of the moving average where there is one. */
  readonly validation?: Scores;
}

/**
 * Tests the network, then its moving average where there is one, each with statistics recomputed where the recipe says
 * so. After the last epoch the network stays the average; before, it is itself again.
 *
 * @param epoch - The epoch just trained, from 0: its batches give the statistics.
 */
export async function evaluate(
  training: Training,
  average: MovingAverage | undefined,
  epoch: number,
): Promise<Evaluation> {
  const { network, recipe } = training;
  const test = await testWithStatistics(training, epoch);
  if (average === undefined) return { test, ...(await validate(training)) };
  const own = await network.getState();
  network.setState(average.state);
  const averageTest = await testWithStatistics(training, epoch);
  const evaluation = { test, averageTest, ...(await validate(training)) };
  if (epoch + 1 < recipe.epochs) network.setState(own);
  return evaluation;
}

async function testWithStatistics(training: Training, epoch: number): Promise<Scores> {
  await computePreciseStatistics(training, epoch);
  return scoreOn(training, 'test');
}

async function validate(training: Training): Promise<Pick<Evaluation, 'validation'>> {
  return training.source.hasValidation ? { validation: await scoreOn(training, 'validation') } : {};
}

async function scoreOn({ network, source, signal }: Training, part: 'validation' | 'test'): Promise<Scores> {
  for await (const batch of source.evaluationBatches(part)) {
    await nextStep(signal);
    network.evaluate(batch);
  }
  return scoresOf(addMetrics(noMetrics, await network.takeMetrics()));
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
  for await (const batch of source.trainingBatches(epoch)) {
    await nextStep(signal);
    done += 1;
    network.updateStatistics(batch, 1 / done);
    if (done === batches) return;
  }
}
