import { describe, expect, test } from '@jest/globals';
import type { Batch, NetworkGraph } from '@netspace/contracts';
import { batchNormGraph, convGraph, linearGraph, maxPoolGraph } from './fixtures/graphs.js';
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
    const engine = { name: 'reference', numerics: '1', instructionSet: 'portable' };
    expect(await loadEngine()).toMatchObject({ available: true, engine });
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

  test('evaluates fewer images than a full batch', async () => {
    const graph = linearGraph({ channels: 2, height: 1, width: 1 }, 2);
    const network = networkOf(graph, 3, { weight: [1, 2, 3, 4], bias: [0, 10] });
    network.evaluate(batchOf([1, 1, 1, 1, 1, 1], [0, 0, 0]));
    const partial = { count: 1, images: Float32Array.of(1, 2, 9, 9, 9, 9), labels: Int32Array.of(1, 9, 9) };
    expect([...(await network.infer(partial))]).toEqual([5, 21]);
    network.evaluate(partial);
    expect(await network.takeMetrics()).toMatchObject({ images: 4, top1Errors: 3 });
  });

  test('normalises a single value to beta, and its variance counts as 0', async () => {
    const state = { gamma: [2], beta: [1], mean: [10], variance: [3] };
    const network = networkOf(batchNormGraph({ channels: 1, height: 1, width: 1 }), 1, state);
    const { output, input } = await network.differentiate(batchOf([5], [0]), Float32Array.of(1));
    expect([output[0], input[0]]).toEqual([1, 0]);
    expect((await network.getState()).get('variance')![0]).toBeCloseTo(2.7, 6);
  });

  test('counts the bytes of all that it plans', () => {
    // 2 images: 2 x 2 doubles of the input, 2 x 1 of the output, each with its gradient; 3 x 3 of weight and bias.
    const { memoryBytes } = networkOf(linearGraph({ channels: 2, height: 1, width: 1 }, 1), 2, {});
    expect(memoryBytes).toBe(8 * (2 * (4 + 4 + 2) + 3 * 3));
  });
});

describe('bad input is named:', () => {
  const linear = (): ReferenceNetwork => networkOf(linearGraph({ channels: 1, height: 1, width: 1 }, 2), 2, {});
  const pool = (): ReferenceNetwork => networkOf(maxPoolGraph({ channels: 1, height: 3, width: 3 }, 3, 2, 1), 1, {});
  const batch = batchOf([1, 1], [0, 1]);
  const cases: [() => unknown, string][] = [
    [
      () => linear().setState(new Map([['weight', new Float32Array(3)]])),
      'state.weight: got 3 values (valid: 2 values)',
    ],
    [
      () => linear().setState(new Map([['wait', new Float32Array(2)]])),
      'state.wait: the network has no such tensor (valid: weight, bias)',
    ],
    [() => linear().trainStep(batchOf([1], [0]), 0.1, 0), 'batch.count: got 1 (valid: 2, the batch size)'],
    [() => linear().evaluate({ ...batch, count: 3 }), 'batch.count: got 3 (valid: 1 to 2)'],
    [
      () => linear().evaluate({ ...batch, images: new Float32Array(1) }),
      'batch.images: got 1 values (valid: at least 2)',
    ],
    [
      () => linear().evaluate({ ...batch, labels: new Int32Array(1) }),
      'batch.labels: got 1 values (valid: at least 2)',
    ],
    [() => linear().evaluate({ ...batch, labels: Int32Array.of(0, 2) }), 'batch.labels[1]: got 2 (valid: 0 to 1)'],
    [() => linear().differentiate(batch, new Float32Array(3)), 'outputGradient: got 3 values (valid: at least 4)'],
    [
      () => pool().evaluate(batchOf([1, 2, 3, 4, 5, 6, 7, 8, 9], [0])),
      'graph.output: the loss needs logits, but the output is [1, 2, 2] (valid: [classes, 1, 1])',
    ],
  ];
  test.each(cases)('%#', (call, message) => {
    expect(call).toThrow(message);
  });

  test('a batch size of nothing', async () => {
    const availability = await loadEngine();
    const graph = linearGraph({ channels: 1, height: 1, width: 1 }, 2);
    await expect(availability.engine.compile(graph, { batchSize: 0, optimizer })).rejects.toThrow(
      'batchSize: got 0 (valid: an integer of at least 1)',
    );
  });

  test('another precision than float32', async () => {
    const availability = await loadEngine();
    const options = { batchSize: 1, optimizer, precision: 'bfloat16' } as const;
    const graph = linearGraph({ channels: 1, height: 1, width: 1 }, 2);
    await expect(availability.engine.compile(graph, options)).rejects.toThrow('options.precision: got bfloat16');
  });
});
