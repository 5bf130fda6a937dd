import { describe, expect, test } from '@jest/globals';
import { InvalidInputError, type Engine, type Metrics } from '@netspace/contracts';
import { loadEngine as loadReference } from '@netspace/engine-reference';
import { buildGraph, initialState } from '@netspace/model-builder';
import {
  GraphMaker,
  optimizer,
  randomBatch,
  randomState,
  withNetwork,
  worstDifference,
} from '@netspace/engine-testing';
import * as tf from '@tensorflow/tfjs-core';
import { availableBackends, engineOf } from './fixtures/tfjs-backends.js';

/** Seven classes of 8 x 8 colour images, with groups, strides and squeeze-excitation. */
const graph = buildGraph({
  stem: { type: 'res_stem_cifar', width: 8 },
  block: 'y',
  stages: [
    { depth: 1, width: 8, stride: 1, bottleneckRatio: 1, groupWidth: 4 },
    { depth: 2, width: 16, stride: 2, bottleneckRatio: 1, groupWidth: 8 },
  ],
  squeezeExcitationRatio: 0.25,
  headWidth: 0,
  classes: 7,
  imageSize: 8,
  imageChannels: 3,
});

async function referenceEngine(): Promise<Engine> {
  const reference = await loadReference();
  return reference.engine;
}

describe.each(availableBackends)('a network on the backend %s', (backend) => {
  const engine = engineOf(backend);

  test('training lowers the loss of a batch', async () => {
    await withNetwork(engine, graph, 4, initialState(graph, 1), async (network) => {
      const batch = randomBatch(graph, 4, 1);
      const losses: number[] = [];
      for (let step = 0; step < 12; step++) {
        network.trainStep(batch, 0.05, 0);
        losses.push((await network.takeMetrics()).lossSum / 4);
      }
      expect(losses[0]).toBeGreaterThan(1);
      expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]!);
    });
  });

  test('training, evaluation and precise statistics equal the double-precision engine', async () => {
    const outcome = (tested: Engine): Promise<[ReadonlyMap<string, Float32Array>, Metrics]> =>
      withNetwork(tested, graph, 6, randomState(graph, 5), async (network) => {
        for (let step = 0; step < 3; step++) network.trainStep(randomBatch(graph, 6, step), 0.01, 0.1);
        network.updateStatistics(randomBatch(graph, 6, 3), 0.5);
        network.evaluate(randomBatch(graph, 4, 4));
        const metrics = await network.takeMetrics();
        return [await network.getState(), metrics];
      });
    const [state, metrics] = await outcome(engine);
    const [expectedState, expectedMetrics] = await outcome(await referenceEngine());
    expect(worstDifference(state, expectedState).error).toBeLessThan(1e-4);
    expect({ ...metrics, lossSum: 0 }).toEqual({ ...expectedMetrics, lossSum: 0 });
    expect(metrics.lossSum / expectedMetrics.lossSum).toBeCloseTo(1, 4);
  });

  test('weights move between engines: the same logits after training on either', async () => {
    const reference = await referenceEngine();
    const batch = randomBatch(graph, 4, 9);
    for (const [trainer, other] of [[engine, reference] as const, [reference, engine] as const]) {
      const [state, logits] = await withNetwork(trainer, graph, 8, initialState(graph, 2), async (network) => {
        for (let step = 0; step < 3; step++) network.trainStep(randomBatch(graph, 8, step), 0.05, 0);
        return [await network.getState(), await network.infer(batch)] as const;
      });
      const moved = await withNetwork(other, graph, 8, state, (network) => network.infer(batch));
      const worst = worstDifference(new Map([['logits', moved]]), new Map([['logits', logits]]));
      expect(worst.error).toBeLessThan(1e-4);
    }
  });

  test('steps leave no tensors behind', async () => {
    await withNetwork(engine, graph, 4, initialState(graph, 3), async (network) => {
      const batch = randomBatch(graph, 4, 1);
      const round = async (): Promise<void> => {
        network.trainStep(batch, 0.01, 0.1);
        network.updateStatistics(batch, 0.1);
        network.evaluate(batch);
        await network.infer(batch);
        await network.differentiate(batch, new Float32Array(4 * 7).fill(1));
        network.setState(await network.getState());
        await network.takeMetrics();
      };
      await round();
      const before = memory();
      for (let repetition = 0; repetition < (backend === 'cpu' ? 3 : 10); repetition++) await round();
      expect(memory()).toEqual(before);
    });
  });

  test('1,000 training steps leave no tensors behind', async () => {
    const maker = new GraphMaker({ channels: 4, height: 3, width: 3 });
    const block = maker.relu(maker.batchNorm(maker.conv(0, 4, { kernel: 3, stride: 1, padding: 1 }, 2)));
    maker.linear(maker.averagePool(maker.sum(block, 0)), 3);
    const small = maker.graph();
    await withNetwork(engine, small, 2, randomState(small, 3), async (network) => {
      const batch = randomBatch(small, 2, 1);
      network.trainStep(batch, 0.01, 0);
      await network.takeMetrics();
      const before = memory();
      for (let step = 0; step < 1000; step++) network.trainStep(batch, 0.01, 0);
      await network.takeMetrics();
      expect(memory()).toEqual(before);
    });
  });

  test('a disposed network leaves nothing behind', async () => {
    const before = memory();
    await withNetwork(engine, graph, 4, initialState(graph, 3), async (network) => {
      network.trainStep(randomBatch(graph, 4, 1), 0.01, 0);
      await network.infer(randomBatch(graph, 3, 1));
    });
    expect(memory()).toEqual(before);
  });

  test('what a state does not name is kept', async () => {
    const state = randomState(graph, 4);
    await withNetwork(engine, graph, 2, state, async (network) => {
      network.setState(new Map([['head.fc.bias', new Float32Array(7).fill(3)]]));
      expect(await network.getState()).toEqual(new Map([...state, ['head.fc.bias', new Float32Array(7).fill(3)]]));
    });
  });

  test('the arrays of a batch may change after the call', async () => {
    await withNetwork(engine, graph, 4, randomState(graph, 6), async (network) => {
      const batch = randomBatch(graph, 4, 1);
      const expected = await network.infer(batch);
      const later = network.infer(batch);
      batch.images.fill(0);
      expect(await later).toEqual(expected);
    });
  });

  test('errors count equal logits by index and what is not a number as wrong', async () => {
    const pixels = new GraphMaker({ channels: 6, height: 1, width: 1 }).graph();
    const images = [
      [1, 5, 5, 0, 0, 0], // label 1 is before label 2
      [1, 5, 5, 0, 0, 0],
      [NaN, 0, 0, 0, 0, 0],
      [1, NaN, 0, 0, 0, 0],
      [6, 5, 4, 3, 2, 1],
      [6, 5, 4, 3, 2, 1],
    ];
    const batch = { count: 6, images: Float32Array.from(images.flat()), labels: Int32Array.of(1, 2, 0, 0, 4, 5) };
    await withNetwork(engine, pixels, 6, new Map(), async (network) => {
      network.evaluate(batch);
      expect(await network.takeMetrics()).toEqual({ images: 6, lossSum: NaN, top1Errors: 5, top5Errors: 2 });
      expect(await network.takeMetrics()).toEqual({ images: 0, lossSum: 0, top1Errors: 0, top5Errors: 0 });
    });
  });

  test('another precision than float32 is refused', async () => {
    const options = { batchSize: 4, optimizer, precision: 'bfloat16' } as const;
    await expect(engine.compile(graph, options)).rejects.toThrow('options.precision: got bfloat16');
  });

  test('bad input is refused with its name', async () => {
    await withNetwork(engine, graph, 4, initialState(graph, 3), async (network) => {
      const call = (state: Map<string, Float32Array>) => (): void => network.setState(state);
      expect(call(new Map([['head.fc.bias', new Float32Array(6)]]))).toThrow('head.fc.bias: must have 7 values (7)');
      expect(call(new Map([['tail', new Float32Array(6)]]))).toThrow(InvalidInputError);
      expect(() => network.trainStep(randomBatch(graph, 3, 1), 0.1, 0)).toThrow('must have 4 images, but has 3');
      await expect(network.differentiate(randomBatch(graph, 3, 1), new Float32Array(21))).rejects.toThrow('4 images');
      expect(network.memoryBytes).toBeGreaterThan(4 * graph.parameters.length);
    });
    const images = new GraphMaker({ channels: 2, height: 2, width: 1 }).graph();
    await withNetwork(engine, images, 1, new Map(), (network) => {
      expect(() => network.evaluate(randomBatch(images, 1, 1))).toThrow('output of shape [classes, 1, 1]');
      return Promise.resolve();
    });
  });
});

function memory(): { tensors: number; bytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes };
}
