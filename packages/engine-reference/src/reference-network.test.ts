import { describe, expect, test } from '@jest/globals';
import type { Batch, NetworkGraph } from '@netspace/contracts';
import { batchNormGraph, convGraph, graphOf, linearGraph, maxPoolGraph } from './fixtures/graphs.js';
import { loadEngine } from './index.js';
import { ReferenceNetwork } from './reference-network.js';

const optimizer = { momentum: 0.5, nesterov: false, weightDecay: 0.1, batchNormWeightDecay: 0, biasWeightDecay: 0.2 };
const batchOf = (images: readonly number[], labels: readonly number[]): Batch => ({
  count: labels.length,
  images: Float32Array.from(images),
  labels: Int32Array.from(labels),
});
const networkOf = (graph: NetworkGraph, batchSize: number, state: Record<string, number[]>): ReferenceNetwork => {
  const network = new ReferenceNetwork(graph, { batchSize, optimizer });
  network.setState(new Map(Object.entries(state).map(([name, values]) => [name, Float32Array.from(values)])));
  return network;
};

describe('the reference engine', () => {
  test('is always available', async () => {
    expect(await loadEngine()).toMatchObject({ available: true, engine: { name: 'reference' } });
  });

  test('convolves by cross-correlation with zeros around', async () => {
    const graph = convGraph({ channels: 1, height: 3, width: 3 }, 1, { kernel: 3, stride: 2, padding: 1, groups: 1 });
    const network = networkOf(graph, 1, { weight: [1, 2, 3, 4, 5, 6, 7, 8, 9], bias: [100] });
    // Top left: 5*1 + 6*2 + 8*4 + 9*5 = 94; top right: 4*2 + 5*3 + 7*5 + 8*6 = 106; and so on.
    expect([...(await network.infer(batchOf([1, 2, 3, 4, 5, 6, 7, 8, 9], [0])))]).toEqual([194, 206, 206, 194]);
  });

  test('normalises by the biased variance and moves the running one by the unbiased', async () => {
    const state = { gamma: [2], beta: [1], mean: [10], variance: [3] };
    const network = networkOf(batchNormGraph({ channels: 1, height: 1, width: 2 }), 2, state);
    const { output } = await network.differentiate(batchOf([1, 2, 3, 6], [0, 0]), new Float32Array(4));
    // Mean 3, squares 4 + 1 + 0 + 9 = 14: biased variance 3.5, unbiased 14 / 3.
    const expected = [-2, -1, 0, 3].map((x) => (2 * x) / Math.sqrt(3.5 + 1e-5) + 1);
    expect([...output]).toEqual(expected.map((x) => expect.closeTo(x, 5)));
    const moved = await network.getState();
    expect(moved.get('mean')![0]).toBeCloseTo(10 + 0.1 * (3 - 10), 5);
    expect(moved.get('variance')![0]).toBeCloseTo(3 + 0.1 * (14 / 3 - 3), 5);
    network.updateStatistics(batchOf([1, 2, 3, 6], [0, 0]), 1);
    expect((await network.getState()).get('mean')![0]).toBe(3);
  });

  test('takes the maximum of windows, the border counting for nothing', async () => {
    const graph = maxPoolGraph({ channels: 1, height: 3, width: 3 }, 3, 2, 1);
    const network = networkOf(graph, 1, {});
    expect([...(await network.infer(batchOf([-1, -2, -3, -4, -5, -6, -7, -8, -9], [0])))]).toEqual([-1, -2, -4, -5]);
  });

  test.each([
    [true, 0.1 - 0.3 * (-0.5 + 0.1 * 0.1 + 0.5 * (-0.5 + 0.1 * 0.1))],
    [false, 0.1 - 0.3 * (-0.5 + 0.1 * 0.1)],
  ])('steps by SGD with momentum and decay by role (Nesterov: %s)', async (nesterov, weight) => {
    // Two classes of equal logits: the gradient of the label's weight is (1/2 - 1) x = -0.5 for x = 1.
    const graph = linearGraph({ channels: 1, height: 1, width: 1 }, 2);
    const network = new ReferenceNetwork(graph, { batchSize: 1, optimizer: { ...optimizer, nesterov } });
    network.setState(
      new Map([
        ['weight', Float32Array.of(0.1, 0.1)],
        ['bias', Float32Array.of(1, 1)],
      ]),
    );
    network.trainStep(batchOf([1], [0]), 0.3, 0);
    const state = await network.getState();
    expect(state.get('weight')![0]).toBeCloseTo(weight, 6);
    const velocity = -0.5 + 0.2 * 1;
    expect(state.get('bias')![0]).toBeCloseTo(1 - 0.3 * (nesterov ? 1.5 * velocity : velocity), 6);
    const metrics = await network.takeMetrics();
    expect(metrics).toMatchObject({ images: 1, top5Errors: 0 });
    expect(metrics.lossSum).toBeCloseTo(Math.log(2), 12);
  });

  test('smooths labels: the target is 1 - s + s / classes on the label, s / classes elsewhere', async () => {
    const graph = linearGraph({ channels: 1, height: 1, width: 1 }, 2);
    const network = networkOf(graph, 1, { weight: [1, 3], bias: [0, 0] });
    network.trainStep(batchOf([1], [0]), 0, 0.2);
    const logSum = Math.log(Math.exp(1) + Math.exp(3));
    expect((await network.takeMetrics()).lossSum).toBeCloseTo(0.9 * (logSum - 1) + 0.1 * (logSum - 3), 6);
  });

  test('counts errors among the first and the first five, and starts anew', async () => {
    const graph = linearGraph({ channels: 1, height: 1, width: 1 }, 7);
    const network = networkOf(graph, 3, { weight: [7, 6, 5, 4, 3, 2, 1], bias: [0, 0, 0, 0, 0, 0, 0] });
    network.evaluate(batchOf([1, 1, 1], [0, 4, 5]));
    expect(await network.takeMetrics()).toMatchObject({ images: 3, top1Errors: 2, top5Errors: 1 });
    network.evaluate(batchOf([NaN, 1], [0, 0]));
    const metrics = await network.takeMetrics();
    expect(metrics).toMatchObject({ images: 2, top1Errors: 1, top5Errors: 1 });
    expect(metrics.lossSum).toBeNaN();
  });

  test.each([
    [
      'a shape that does not follow',
      { op: 'relu', inputs: [0], shape: { channels: 2, height: 1, width: 1 } },
      'nodes[1] (relu): its shape is [2, 1, 1], not [1, 1, 1]',
    ],
    [
      'an input from behind',
      { op: 'relu', inputs: [1], shape: { channels: 1, height: 1, width: 1 } },
      'nodes[1] (relu): it reads node 1, which does not come before it',
    ],
    [
      'a missing input',
      { op: 'add', inputs: [0], shape: { channels: 1, height: 1, width: 1 } },
      'nodes[1] (add): it has 1 inputs, not 2',
    ],
    [
      'an unknown operation',
      { op: 'erf', inputs: [0], shape: { channels: 1, height: 1, width: 1 } },
      'erf: unknown operation "erf"',
    ],
  ])('refuses a graph with %s', (_, node, message) => {
    const graph = graphOf({ channels: 1, height: 1, width: 1 }, [node as never]);
    expect(() => new ReferenceNetwork(graph, { batchSize: 1, optimizer })).toThrow(message);
  });

  test('refuses a state that does not fit and a training batch that is not full', () => {
    const network = networkOf(linearGraph({ channels: 1, height: 1, width: 1 }, 2), 2, {});
    expect(() => network.setState(new Map([['weight', new Float32Array(3)]]))).toThrow(
      'state.weight: got 3 values (valid: 2 values)',
    );
    expect(() => network.setState(new Map([['wait', new Float32Array(2)]]))).toThrow(
      'the network has no parameter or buffer wait',
    );
    expect(() => network.trainStep(batchOf([1], [0]), 0.1, 0)).toThrow('batch.count: got 1 (valid: 2, the batch size)');
  });
});
