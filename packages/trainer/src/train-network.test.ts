import { describe, expect, test } from '@jest/globals';
import type { EpochRecord, Recipe } from '@netspace/contracts';
import { countingSource, RecordingNetwork } from './fixtures/recording-network.js';
import { learningRateAt, recipeSchema, type TrainingProgress, trainNetwork } from './index.js';

const batchSize = 8;
const recipeOf = (own: Partial<Recipe>): Recipe => ({
  ...recipeSchema.parse({ epochs: 2, batchSize, warmup: { epochs: 0 } }),
  ...own,
});
const repeat = (call: string, times: number): string[] => Array.from({ length: times }, () => call);
const noErrors = { lossSum: 0, top1Errors: 0, top5Errors: 0 };

describe('trainNetwork', () => {
  test('trains every batch of each epoch, then tests', async () => {
    const network = new RecordingNetwork(batchSize);
    await trainNetwork({ network, source: countingSource(batchSize, 3, [8, 5]), recipe: recipeOf({}) });
    const epoch = [...repeat('trainStep', 3), 'takeMetrics', ...repeat('evaluate', 2), 'takeMetrics'];
    expect(network.calls).toEqual([...epoch, ...epoch]);
    // The learning rate is that of each step's own moment.
    const moments = [0, 1 / 3, 2 / 3, 1, 4 / 3, 5 / 3];
    expect(network.learningRates).toEqual(
      moments.map((t) => expect.closeTo(0.05 * (1 + Math.cos((Math.PI * t) / 2)), 14)),
    );
  });

  test('smooths the labels of every step as the recipe says', async () => {
    const network = new RecordingNetwork(batchSize);
    const recipe = recipeOf({ epochs: 1, labelSmoothing: 0.1 });
    await trainNetwork({ network, source: countingSource(batchSize, 3, [8]), recipe });
    expect(network.labelSmoothings).toEqual([0.1, 0.1, 0.1]);
  });

  test('reports means and percentages of each epoch, and the last as its outcome', async () => {
    const network = new RecordingNetwork(batchSize);
    network.trainScore = (step) => ({ lossSum: 8 * (6 - step), top1Errors: 6 - step, top5Errors: 1 });
    network.evaluationScore = (step) => ({ lossSum: step, top1Errors: 5 - step, top5Errors: step === 2 ? 1 : 0 });
    const outcome = await trainNetwork({ network, source: countingSource(batchSize, 3, [8, 2]), recipe: recipeOf({}) });
    expect(outcome.status).toBe('completed');
    expect(outcome.epochs).toMatchObject([
      { epoch: 1, trainLoss: 5, trainError: (100 * 15) / 24, testLoss: 0.1, testError: 90, testTop5Error: 0 },
      { epoch: 2, trainLoss: 2, trainError: (100 * 6) / 24, testLoss: 0.5, testError: 50, testTop5Error: 10 },
    ]);
    expect(outcome.epochs.map(({ learningRate }) => learningRate)).toEqual([
      network.learningRates[2],
      network.learningRates[5],
    ]);
    expect(outcome.epochs.every((record) => !('averageTestError' in record))).toBe(true);
    expect([outcome.error, outcome.top5Error]).toEqual([50, 10]);
    const epochSeconds = outcome.epochs.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(outcome.seconds).toBeGreaterThanOrEqual(epochSeconds);
    expect(outcome.imagesPerSecond).toBeGreaterThan(48 / outcome.seconds);
  });

  test.each([
    ['training, soon after it happened', { train: 20, test: Infinity }, 300, 64, 0],
    ['training, at the end of a short second epoch', { train: 12, test: Infinity }, 10, 20, 1],
    ['the test after the second epoch', { train: Infinity, test: 1 }, 10, 20, 1],
  ])(
    'a loss that is not finite in %s ends as diverged with an error of 100 %%',
    async (_, bad, batches, steps, epochs) => {
      const network = new RecordingNetwork(batchSize);
      network.trainScore = (step) => ({ ...noErrors, lossSum: step >= bad.train ? NaN : 1 });
      network.evaluationScore = (step) => ({ ...noErrors, lossSum: step >= bad.test ? Infinity : 1 });
      const outcome = await trainNetwork({
        network,
        source: countingSource(batchSize, batches, [8]),
        recipe: recipeOf({}),
      });
      expect(outcome).toMatchObject({ status: 'diverged', error: 100, top5Error: 100, validationError: null });
      expect(outcome.epochs).toHaveLength(epochs);
      expect(network.learningRates).toHaveLength(steps);
      expect(outcome.imagesPerSecond).toBeGreaterThan(0);
    },
  );

  test('reports every step', async () => {
    const reports: TrainingProgress[] = [];
    const onProgress = (progress: TrainingProgress): number => reports.push(progress);
    const network = new RecordingNetwork(batchSize);
    await trainNetwork({ network, source: countingSource(batchSize, 2, [8]), recipe: recipeOf({}), onProgress });
    expect(reports).toEqual(
      [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
      ].map(([epoch, step]) => ({ epoch, epochs: 2, step, stepsPerEpoch: 2 })),
    );
  });

  test('hands out the record of each epoch when it is over', async () => {
    const network = new RecordingNetwork(batchSize);
    const records: [EpochRecord, number][] = [];
    const outcome = await trainNetwork({
      network,
      source: countingSource(batchSize, 2, [8]),
      recipe: recipeOf({}),
      onEpoch: (record) => records.push([record, network.learningRates.length]),
    });
    expect(records).toEqual([
      [outcome.epochs[0], 2],
      [outcome.epochs[1], 4],
    ]);
  });

  test('a network of another batch size, and a source without batches, are refused', async () => {
    const network = new RecordingNetwork(4);
    const source = countingSource(batchSize, 2, [8]);
    await expect(trainNetwork({ network, source, recipe: recipeOf({}) })).rejects.toThrow(
      'recipe.batchSize: got 8 (valid: 4, what the network is compiled for)',
    );
    const empty = trainNetwork({ network, source: countingSource(4, 0, [4]), recipe: recipeOf({ batchSize: 4 }) });
    await expect(empty).rejects.toThrow('the training set has no full batch');
  });
});

describe('the validation part', () => {
  const source = countingSource(batchSize, 3, [8], [8, 2]);

  test('is scored after the test part of each epoch; the last is the outcome', async () => {
    const network = new RecordingNetwork(batchSize);
    network.evaluationScore = (step) => ({ ...noErrors, top1Errors: [4, 1, 2, 3, 0, 1][step]! });
    const outcome = await trainNetwork({ network, source, recipe: recipeOf({}) });
    expect(network.evaluatedPixels).toEqual([0, -1, -1, 0, -1, -1]);
    expect(outcome.epochs.map(({ testError, validationError }) => [testError, validationError])).toEqual([
      [50, 30],
      [37.5, 10],
    ]);
    expect([outcome.error, outcome.validationError]).toEqual([37.5, 10]);
  });

  test('is scored on the moving average where there is one', async () => {
    const network = new RecordingNetwork(batchSize);
    network.evaluationScore = (step) => ({ ...noErrors, top1Errors: step });
    const recipe = recipeOf({ epochs: 1, movingAverage: { decay: 0.9375, period: 4 } });
    const outcome = await trainNetwork({ network, source, recipe });
    // The average of weight (1 - 0.9375) * 8 * 4 / 1, at most 1, is the network after step 1.
    expect(network.evaluatedStates.map(({ weight }) => weight)).toEqual([3, 1, 1, 1]);
    expect(network.evaluatedPixels).toEqual([0, 0, -1, -1]);
    expect(outcome.epochs).toMatchObject([{ testError: 0, averageTestError: 12.5, validationError: 50 }]);
    expect([outcome.error, outcome.validationError]).toEqual([12.5, 50]);
  });

  test('is null where there is none', async () => {
    const network = new RecordingNetwork(batchSize);
    const outcome = await trainNetwork({ network, source: countingSource(batchSize, 1, [8]), recipe: recipeOf({}) });
    expect(outcome.validationError).toBeNull();
    expect(outcome.epochs.every((record) => !('validationError' in record))).toBe(true);
  });

  test('counts as 100 % where the loss of a test is not finite', async () => {
    const network = new RecordingNetwork(batchSize);
    network.evaluationScore = (step) => ({ ...noErrors, lossSum: step === 1 ? NaN : 0 });
    const outcome = await trainNetwork({ network, source, recipe: recipeOf({}) });
    expect(outcome).toMatchObject({ status: 'diverged', error: 100, validationError: 100, epochs: [] });
  });
});

describe('a signal', () => {
  const source = countingSource(batchSize, 50, [8]);

  test('ends the training before the next step with an AbortError', async () => {
    const controller = new AbortController();
    const network = new RecordingNetwork(batchSize);
    const onProgress = ({ step }: TrainingProgress): void => {
      if (step === 5) controller.abort();
    };
    const training = trainNetwork({ network, source, recipe: recipeOf({}), onProgress, signal: controller.signal });
    await expect(training).rejects.toMatchObject({ name: 'AbortError' });
    expect(network.calls).toEqual(repeat('trainStep', 5));
  });

  test('that was aborted before lets nothing begin', async () => {
    const network = new RecordingNetwork(batchSize);
    const training = trainNetwork({ network, source, recipe: recipeOf({}), signal: AbortSignal.abort() });
    await expect(training).rejects.toMatchObject({ name: 'AbortError' });
    expect(network.calls).toEqual([]);
  });

  test('reaches a training that never waits for its engine', async () => {
    const controller = new AbortController();
    const network = new RecordingNetwork(batchSize);
    setImmediate(() => controller.abort());
    const training = trainNetwork({ network, source, recipe: recipeOf({}), signal: controller.signal });
    await expect(training).rejects.toMatchObject({ name: 'AbortError' });
    expect(network.calls.length).toBeLessThan(5);
  });
});

describe('the moving average', () => {
  // A weight of (1 - 0.96875) * 8 * 2 / 2 = 1/4, and numbers that are exact in binary.
  const movingAverage = { decay: 0.96875, period: 2 };

  test('is moved after steps 0, 2, ... of an epoch, tested beside the network, and is what counts', async () => {
    const network = new RecordingNetwork(batchSize);
    network.evaluationScore = (step) => ({ ...noErrors, top1Errors: step });
    const recipe = recipeOf({ movingAverage });
    const outcome = await trainNetwork({ network, source: countingSource(batchSize, 3, [8]), recipe });
    // The network's weight after step k is k + 1. Epoch 1: 3/4 0 + 1/4 1 = 1/4, then 3/4 1/4 + 1/4 3 = 15/16.
    // Epoch 2: 3/4 15/16 + 1/4 4 = 109/64, then 3/4 109/64 + 1/4 6 = 711/256.
    expect(network.evaluatedStates.map(({ weight }) => weight)).toEqual([3, 15 / 16, 6, 711 / 256]);
    expect(outcome.epochs.map(({ testError, averageTestError }) => [testError, averageTestError])).toEqual([
      [0, 12.5],
      [25, 37.5],
    ]);
    expect(outcome.error).toBe(37.5);
  });

  test('is what the network is in the end', async () => {
    const network = new RecordingNetwork(batchSize);
    await trainNetwork({ network, source: countingSource(batchSize, 3, [8]), recipe: recipeOf({ movingAverage }) });
    expect((await network.getState()).get('weight')).toEqual(Float32Array.of(711 / 256));
  });

  test('is a copy of the network in epochs that begin within the warm-up', async () => {
    const network = new RecordingNetwork(batchSize);
    const recipe = recipeOf({ movingAverage, warmup: { epochs: 0.5, factor: 0.1 } });
    await trainNetwork({ network, source: countingSource(batchSize, 3, [8]), recipe });
    // Epoch 1: copies of 1, then of 3. Epoch 2: 3/4 3 + 1/4 4 = 13/4, then 3/4 13/4 + 1/4 6 = 63/16.
    expect(network.evaluatedStates.map(({ weight }) => weight)).toEqual([3, 3, 6, 63 / 16]);
  });

  test('never weighs the network by more than 1', async () => {
    const network = new RecordingNetwork(batchSize);
    const recipe = recipeOf({ movingAverage: { decay: 0, period: 1 } });
    await trainNetwork({ network, source: countingSource(batchSize, 3, [8]), recipe });
    expect(network.evaluatedStates.map(({ weight }) => weight)).toEqual([3, 3, 6, 6]);
  });
});

describe('precise statistics', () => {
  test('are the mean over so many training images, anew before each test', async () => {
    const network = new RecordingNetwork(batchSize);
    const recipe = recipeOf({ preciseStatistics: { images: 31 } });
    await trainNetwork({ network, source: countingSource(batchSize, 5, [8]), recipe });
    const statistics = [1, 1 / 2, 1 / 3].map((momentum) => `updateStatistics ${momentum}`);
    const epoch = [...repeat('trainStep', 5), 'takeMetrics', ...statistics, 'evaluate', 'takeMetrics'];
    expect(network.calls).toEqual([...epoch, ...epoch]);
    // Batches 0, 1, 2 of epoch e have pixels 10 e + 0, 1, 2.
    expect(network.evaluatedStates.map(({ mean }) => mean)).toEqual([expect.closeTo(1, 5), expect.closeTo(11, 5)]);
  });

  test('take no more batches than an epoch has, and one at least', async () => {
    for (const [images, batches] of [
      [8192, 5],
      [3, 1],
    ] as const) {
      const network = new RecordingNetwork(batchSize);
      const recipe = recipeOf({ epochs: 1, preciseStatistics: { images } });
      await trainNetwork({ network, source: countingSource(batchSize, 5, [8]), recipe });
      expect(network.calls.filter((call) => call.startsWith('updateStatistics'))).toHaveLength(batches);
    }
  });

  test('are recomputed for the moving average too; the network gets its own back to be trained further', async () => {
    const network = new RecordingNetwork(batchSize);
    const recipe = recipeOf({ movingAverage: { decay: 0.9375, period: 4 }, preciseStatistics: { images: 8 } });
    await trainNetwork({ network, source: countingSource(batchSize, 3, [8]), recipe });
    const epoch = [
      'trainStep',
      'getState',
      ...repeat('trainStep', 2),
      'takeMetrics',
      'updateStatistics 1',
      'evaluate',
      'takeMetrics',
      'getState',
      'setState',
      'updateStatistics 1',
      'evaluate',
      'takeMetrics',
    ];
    expect(network.calls).toEqual(['getState', ...epoch, 'setState', ...epoch]);
    expect(network.evaluatedStates.map(({ weight }) => weight)).toEqual([3, 1, 6, 4]);
  });
});

test('learningRateAt at the last step is what the record says', async () => {
  const network = new RecordingNetwork(batchSize);
  const recipe = recipeOf({ epochs: 3, warmup: { epochs: 2, factor: 0.1 } });
  const { epochs } = await trainNetwork({ network, source: countingSource(batchSize, 4, [8]), recipe });
  expect(epochs.map(({ learningRate }) => learningRate)).toEqual(
    [0.75, 1.75, 2.75].map((t) => learningRateAt(recipe, t)),
  );
});
