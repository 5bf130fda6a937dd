import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Engine, EpochRecord, EvaluationJob } from '@netspace/contracts';
import { createBatchSource, loadDataset } from '@netspace/datasets';
import { loadEngine } from '@netspace/engine-reference';
import { complexityOf, shippedArchitecture } from '@netspace/model-builder';
import { recipeSchema } from '@netspace/trainer';
import { trainNetworkOf, type TrainingRoom } from './train-network-of.js';
import { trainingEvaluator } from './training-evaluator.js';

const images = { classes: 2, imageSize: 8, channels: 1, trainImages: 32, testImages: 16 };
const config = {
  stem: { type: 'res_stem_cifar', width: 4 },
  block: 'v',
  stages: [{ depth: 1, width: 8, stride: 2, bottleneckRatio: 1, groupWidth: 1 }],
  squeezeExcitationRatio: 0,
  headWidth: 0,
  classes: 2,
  imageSize: 8,
  imageChannels: 1,
};
const complexity = complexityOf(config, shippedArchitecture);
const network = { id: 'n0', index: 0, config, complexity, parameters: {} };

function jobOf(recipe: Record<string, unknown> = {}, seed = 7): EvaluationJob {
  const base = { epochs: 2, batchSize: 8, augmentation: { cropPadding: 1 } };
  return { network, recipe: recipeSchema.parse({ ...base, ...recipe }), seed };
}

let room: TrainingRoom;
/** Networks that the engine has compiled and that are not freed. */
let compiled = 0;
beforeAll(async () => {
  const dataset = await loadDataset({ name: 'synthetic', ...images, difficulty: 0, seed: 1 });
  const loaded = await loadEngine();
  room = { dataset, engine: counting(loaded.engine), architecture: shippedArchitecture };
});

function counting(engine: Engine): Engine {
  return {
    ...engine,
    async compile(graph, options) {
      const network = await engine.compile(graph, options);
      compiled++;
      const dispose = network.dispose.bind(network);
      network.dispose = () => {
        compiled--;
        dispose();
      };
      return network;
    },
  };
}

describe('trainNetworkOf(job, room, control, use)', () => {
  test.each([
    ['', {}],
    [
      ' with a moving average and precise statistics',
      { movingAverage: { decay: 0.9, period: 1 }, preciseStatistics: { images: 32 } },
    ],
  ])('hands over the weights whose error is the outcome%s', async (_, recipe) => {
    const job = jobOf(recipe);
    const [graph, state, outcome] = await trainNetworkOf(
      job,
      room,
      {},
      async (trained) => [trained.graph, await trained.network.getState(), trained.outcome] as const,
    );
    const fresh = await room.engine.compile(graph, job.recipe);
    fresh.setState(state);
    const { batchSize, augmentation } = job.recipe;
    const source = createBatchSource(room.dataset, { batchSize, seed: 1, augmentation });
    for await (const batch of source.evaluationBatches('test')) fresh.evaluate(batch);
    const { top1Errors, images } = await fresh.takeMetrics();
    fresh.dispose();
    expect((100 * top1Errors) / images).toBe(outcome.error);
    expect(outcome.status).toBe('completed');
  });

  test('frees the network, also where its use fails', async () => {
    const use = (): never => {
      throw new Error('a full disk');
    };
    await expect(trainNetworkOf(jobOf(), room, {}, use)).rejects.toThrow('a full disk');
    expect(compiled).toBe(0);
  });
});

describe('trainingEvaluator(room)', () => {
  const withoutTimes = (key: string, value: unknown): unknown =>
    key === 'seconds' || key === 'imagesPerSecond' ? undefined : value;

  test('gives the same outcome for the same job, another for another seed', async () => {
    const evaluator = trainingEvaluator(room);
    const [first, again, other] = [
      await evaluator.evaluate(jobOf(), {}),
      await evaluator.evaluate(jobOf(), {}),
      await evaluator.evaluate(jobOf({}, 8), {}),
    ].map((outcome) => JSON.stringify(outcome, withoutTimes));
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    await evaluator.close();
    expect(compiled).toBe(0);
  });

  test('says what evaluates', () => {
    const { description, instructionSet } = trainingEvaluator(room);
    expect([description, instructionSet]).toEqual([room.engine.description, room.engine.instructionSet]);
  });

  test('reports progress and epochs, and ends with the reason of an abort', async () => {
    const shares: number[] = [];
    const epochs: EpochRecord[] = [];
    const controller = new AbortController();
    const onProgress = (share: number): unknown => shares.push(share);
    const onEpoch = (epoch: EpochRecord): void => {
      epochs.push(epoch);
      controller.abort(new Error('enough'));
    };
    const control = { onProgress, onEpoch, signal: controller.signal };
    await expect(trainingEvaluator(room).evaluate(jobOf(), control)).rejects.toThrow('enough');
    // Two epochs of four steps.
    expect(shares).toEqual([0.125, 0.25, 0.375, 0.5]);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1]);
    expect(compiled).toBe(0);
  });

  test('refuses a batch larger than the training set', async () => {
    await expect(trainingEvaluator(room).evaluate(jobOf({ batchSize: 64 }), {})).rejects.toThrow(/batch/);
  });
});
