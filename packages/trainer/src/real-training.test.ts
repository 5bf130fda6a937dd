import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Dataset, Engine, ImageSet, NetworkConfig, Recipe, TrainingOutcome } from '@netspace/contracts';
import { createBatchSource, loadDataset } from '@netspace/datasets';
import { loadEngine } from '@netspace/engine-reference';
import { buildGraph, initialState } from '@netspace/model-builder';
import { recipeSchema, trainNetwork } from './index.js';

const config: NetworkConfig = {
  stem: { type: 'res_stem_cifar', width: 8 },
  block: 'x',
  stages: [{ depth: 1, width: 8, stride: 2, bottleneckRatio: 1, groupWidth: 4 }],
  squeezeExcitationRatio: 0,
  headWidth: 0,
  classes: 4,
  imageSize: 8,
  imageChannels: 3,
};

let engine: Engine;
let dataset: Dataset;

beforeAll(async () => {
  const availability = await loadEngine();
  engine = availability.engine;
  dataset = await loadDataset({
    name: 'synthetic',
    classes: 4,
    imageSize: 8,
    channels: 3,
    trainImages: 128,
    testImages: 80,
    difficulty: 0.3,
    seed: 1,
  });
});

async function train(own: object, seed = 1, images = dataset): Promise<TrainingOutcome> {
  const recipe: Recipe = recipeSchema.parse({ epochs: 5, batchSize: 16, augmentation: { cropPadding: 1 }, ...own });
  const graph = buildGraph(config);
  const network = await engine.compile(graph, recipe);
  network.setState(initialState(graph, seed));
  const { batchSize, augmentation } = recipe;
  try {
    return await trainNetwork({
      network,
      source: createBatchSource(images, { batchSize, seed, augmentation }),
      recipe,
    });
  } finally {
    network.dispose();
  }
}

/** An outcome without its times. */
function timeless({ status, error, top5Error, validationError, epochs }: TrainingOutcome): object {
  return {
    status,
    error,
    top5Error,
    validationError,
    epochs: epochs.map((record) => ({ ...record, seconds: undefined })),
  };
}

/** The same images, to be read when they are asked for. */
function readOnTheWay({ count, images, labels }: ImageSet): ImageSet {
  if (typeof images === 'function') throw new Error('expected images in memory');
  const bytes = images.length / count;
  return {
    count,
    labels,
    async images(indices, target) {
      await setTimeout(1);
      indices.forEach((index, i) => target.set(images.subarray(index * bytes, (index + 1) * bytes), i * bytes));
    },
  };
}

describe('a small network on synthetic images of four classes', () => {
  test('learns: its errors fall from chance, 75 %, to a fifth of it', async () => {
    const outcome = await train({});
    expect(outcome.status).toBe('completed');
    expect(outcome.epochs).toHaveLength(5);
    expect(outcome.epochs.at(-1)!.trainError).toBeLessThan(15);
    expect(outcome.error).toBeLessThan(15);
    expect(outcome.epochs.at(-1)!.trainLoss).toBeLessThan(outcome.epochs[0]!.trainLoss!);
    expect(outcome.top5Error).toBe(0);
  });

  test('the same seed gives the same record bit for bit, another seed another', async () => {
    const full = { epochs: 2, movingAverage: { decay: 0.998, period: 2 }, preciseStatistics: { images: 48 } };
    const first = timeless(await train(full));
    expect(timeless(await train(full))).toStrictEqual(first);
    expect(timeless(await train(full, 2))).not.toEqual(first);
  });

  test('images that are read on the way give the same record bit for bit as those in memory', async () => {
    const withValidation = { ...dataset, validation: dataset.test };
    const recipe = { epochs: 2, preciseStatistics: { images: 48 } };
    const onTheWay = {
      ...withValidation,
      train: readOnTheWay(dataset.train),
      validation: readOnTheWay(dataset.test),
      test: readOnTheWay(dataset.test),
    };
    const first = timeless(await train(recipe, 1, withValidation));
    expect(timeless(await train(recipe, 1, onTheWay))).toStrictEqual(first);
    expect(first).toMatchObject({ validationError: (first as TrainingOutcome).error });
  });

  test('diverges at a huge learning rate', async () => {
    const outcome = await train({ learningRate: { base: 1e30 } });
    expect(outcome).toMatchObject({ status: 'diverged', error: 100, top5Error: 100 });
  });

  test('the moving average and precise statistics serve a test as well', async () => {
    const outcome = await train({ movingAverage: { decay: 0.995, period: 1 }, preciseStatistics: { images: 128 } });
    const last = outcome.epochs.at(-1)!;
    expect(last.testError).toBeLessThan(15);
    expect(last.averageTestError).toBeLessThan(15);
    expect(outcome.error).toBe(last.averageTestError);
  });
});
