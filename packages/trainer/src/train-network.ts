import { InvalidInputError, type TrainingOutcome } from '@netspace/contracts';
import { evaluate, evaluateState } from './evaluation.js';
import { emptyHistory, type History } from './history.js';
import { learningRateAt } from './learning-rate.js';
import { openMovingAverage } from './moving-average.js';
import { Divergence, scoresOf } from './scores.js';
import { secondsSince } from './seconds-since.js';
import { trainEpoch } from './train-epoch.js';
import type { Training } from './training.js';

/**
 * Trains a network by a recipe and tests it after every epoch.
 *
 * In the end the network is what the outcome's error was measured on: the moving average where the recipe has one. A loss
 * that is not finite ends the training as `diverged` with an error of 100 %; its history holds the epochs before.
 * The engine's methods are never called concurrently. Between two steps the process is free for a moment. The same
 * network, state, source and recipe give the same outcome but for its times.
 *
 * @throws The signal's reason, by default an AbortError, where it is aborted.
 * @throws InvalidInputError where the network was compiled for another batch size than the recipe's, or the source has
 * no full batch.
 * @example
 * import { createBatchSource, loadDataset } from '@netspace/datasets';
 * import { loadEngine } from '@netspace/engine-reference';
 * import { buildGraph, initialState } from '@netspace/model-builder';
 * import { recipeSchema, trainNetwork } from '@netspace/trainer';
 * const images = { classes: 2, imageSize: 8, channels: 1, trainImages: 32, testImages: 16 };
 * const dataset = await loadDataset({ name: 'synthetic', ...images, difficulty: 0, seed: 1 });
 * const recipe = recipeSchema.parse({ epochs: 3, batchSize: 8, augmentation: { cropPadding: 0 } });
 * const graph = buildGraph({
 *   stem: { type: 'res_stem_cifar', width: 4 },
 *   block: 'v',
 *   stages: [{ depth: 1, width: 8, stride: 2, bottleneckRatio: 1, groupWidth: 1 }],
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 2,
 *   imageSize: 8,
 *   imageChannels: 1,
 * });
 * const network = await (await loadEngine()).engine.compile(graph, recipe);
 * network.setState(initialState(graph, 1));
 * const { batchSize, augmentation } = recipe;
 * const source = createBatchSource(dataset, { batchSize, seed: 1, augmentation });
 * const outcome = await trainNetwork({ network, source, recipe });
 * outcome.epochs.length; // => 3
 */
export async function trainNetwork(training: Training): Promise<TrainingOutcome> {
  checkTraining(training);
  const start = performance.now();
  const history = emptyHistory();
  const status = await trainEpochs(training, history).then(
    () => 'completed' as const,
    (error: unknown) => {
      if (error instanceof Divergence) return 'diverged' as const;
      throw error;
    },
  );
  return {
    status,
    error: status === 'completed' ? history.final.error : 100,
    top5Error: status === 'completed' ? history.final.top5Error : 100,
    epochs: history.epochs,
    seconds: secondsSince(start),
    imagesPerSecond: history.trainingImages / history.trainingSeconds,
  };
}

function checkTraining({ network, source, recipe }: Training): void {
  if (network.batchSize !== recipe.batchSize) {
    const expected = `${network.batchSize}, what the network is compiled for`;
    throw new InvalidInputError({ key: 'recipe.batchSize', problem: `got ${recipe.batchSize}`, expected });
  }
  if (source.trainingBatchesPerEpoch < 1) {
    throw new InvalidInputError({ problem: 'the training set has no full batch', expected: 'at least one' });
  }
}

async function trainEpochs(training: Training, history: History): Promise<void> {
  const { network, recipe } = training;
  const average = await openMovingAverage(network, recipe);
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    const start = performance.now();
    const train = scoresOf(await trainEpoch(training, epoch, average, history));
    const test = await evaluate(training, epoch);
    const averageTest = average === undefined ? undefined : await evaluateState(training, average.state, epoch);
    history.epochs.push({
      epoch: epoch + 1,
      learningRate: lastLearningRate(training, epoch),
      trainLoss: train.loss,
      trainError: train.error,
      testLoss: test.loss,
      testError: test.error,
      testTop5Error: test.top5Error,
      ...(averageTest === undefined ? {} : { averageTestError: averageTest.error }),
      seconds: secondsSince(start),
    });
    history.final = averageTest ?? test;
  }
}

function lastLearningRate({ recipe, source }: Training, epoch: number): number {
  const steps = source.trainingBatchesPerEpoch;
  return learningRateAt(recipe, epoch + (steps - 1) / steps);
}
