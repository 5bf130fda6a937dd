import { describe, expect, test } from '@jest/globals';
import { type CompiledNetwork, InvalidInputError, type Metrics, type NetworkGraph } from '@netspace/contracts';
import { buildGraph, initialState } from '@netspace/model-builder';
import {
  benchmarkNetworks,
  GraphMaker,
  optimizer,
  randomBatch,
  randomState,
  withNetwork,
} from '@netspace/engine-testing';
import { instructionSets, nativeEngine } from './fixtures/native-engines.js';

const fastest = instructionSets[0]!;

/** Six classes of 6 x 6 grey images: small enough to train in an instant. */
const graph = buildGraph({
  stem: { type: 'res_stem_cifar', width: 8 },
  block: 'x',
  stages: [{ depth: 2, width: 16, stride: 2, bottleneckRatio: 1, groupWidth: 8 }],
  squeezeExcitationRatio: 0,
  headWidth: 0,
  classes: 6,
  imageSize: 6,
  imageChannels: 1,
});

/** The logits are the pixels of the image. */
function pixelsAsLogits(classes: number): NetworkGraph {
  return new GraphMaker({ channels: classes, height: 1, width: 1 }).graph();
}

test('training lowers the loss of a batch', async () => {
  await withNetwork(await nativeEngine(fastest), graph, 16, initialState(graph, 1), async (network) => {
    const batch = randomBatch(graph, 16, 1);
    const losses: number[] = [];
    for (let step = 0; step < 60; step++) {
      network.trainStep(batch, 0.05, 0);
      losses.push((await network.takeMetrics()).lossSum);
    }
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 4);
  });
});

test('evaluating images one by one, in parts or together gives the same sums', async () => {
  await withNetwork(await nativeEngine(fastest), graph, 7, randomState(graph, 1), async (network) => {
    const { images, labels } = randomBatch(graph, 7, 1);
    const sums: Metrics[] = [];
    for (const size of [1, 3, 7]) {
      for (let start = 0; start < 7; start += size) {
        const count = Math.min(size, 7 - start);
        network.evaluate({ count, images: images.slice(start * 36), labels: labels.slice(start) });
      }
      sums.push(await network.takeMetrics());
    }
    expect(sums[1]!.lossSum).toBeCloseTo(sums[0]!.lossSum, 4);
    expect(sums[2]!.lossSum).toBeCloseTo(sums[0]!.lossSum, 4);
    expect(sums.map(({ images: count }) => count)).toEqual([7, 7, 7]);
    expect(sums.map(({ top1Errors }) => top1Errors)).toEqual([1, 1, 1].map(() => sums[0]!.top1Errors));
  });
});

test('a batch may be longer than its count', async () => {
  await withNetwork(await nativeEngine(fastest), graph, 4, randomState(graph, 1), async (network) => {
    const long = randomBatch(graph, 9, 1);
    const short = { count: 2, images: long.images.slice(0, 72), labels: long.labels.slice(0, 2) };
    expect(await network.infer({ ...long, count: 2 })).toEqual(await network.infer(short));
  });
});

test('metrics: cross-entropy, top-1 and top-5 errors by hand', async () => {
  const logits = pixelsAsLogits(7);
  await withNetwork(await nativeEngine(fastest), logits, 3, new Map(), async (network) => {
    const rising = [0, 1, 2, 3, 4, 5, 6];
    const images = Float32Array.from([...rising, ...rising, NaN, ...rising.slice(1)]);
    network.evaluate({ count: 2, images, labels: Int32Array.from([6, 1, 0]) });
    const logSum = Math.log(rising.reduce((sum, z) => sum + Math.exp(z), 0));
    const { lossSum, ...counts } = await network.takeMetrics();
    expect(lossSum).toBeCloseTo(2 * logSum - 7, 5);
    expect(counts).toEqual({ images: 2, top1Errors: 1, top5Errors: 1 });
    network.evaluate({ count: 3, images, labels: Int32Array.from([2, 6, 6]) });
    const invalid = await network.takeMetrics();
    expect(invalid).toEqual({ images: 3, lossSum: NaN, top1Errors: 2, top5Errors: 0 });
  });
});

test('with five classes there are no top-5 errors', async () => {
  await withNetwork(await nativeEngine(fastest), pixelsAsLogits(5), 1, new Map(), async (network) => {
    network.evaluate({ count: 1, images: Float32Array.from([5, 4, 3, 2, 1]), labels: Int32Array.from([4]) });
    expect(await network.takeMetrics()).toMatchObject({ top1Errors: 1, top5Errors: 0 });
  });
});

test('a loss that is not finite is counted, and the process lives', async () => {
  await withNetwork(await nativeEngine(fastest), graph, 4, randomState(graph, 1), async (network) => {
    const batch = randomBatch(graph, 4, 1);
    for (let step = 0; step < 5; step++) network.trainStep(batch, 1e30, 0);
    expect((await network.takeMetrics()).lossSum).not.toBeLessThan(Infinity);
    network.evaluate(batch);
    expect(await network.takeMetrics()).toMatchObject({ images: 4, top1Errors: 4, top5Errors: 4 });
  });
});

test('memory is planned: 10,000 steps take no more of it', async () => {
  await withNetwork(await nativeEngine(fastest), graph, 8, randomState(graph, 1), async (network) => {
    const batch = randomBatch(graph, 8, 1);
    const planned = network.memoryBytes;
    const train = async (steps: number): Promise<void> => {
      for (let step = 0; step < steps; step++) {
        network.trainStep(batch, 1e-3, 0);
        if (step % 10 === 0) network.evaluate(batch);
      }
      await network.takeMetrics();
    };
    await train(300);
    const before = process.memoryUsage().rss;
    await train(10_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(8e6);
    expect(network.memoryBytes).toBe(planned);
  });
});

test.each(['float32', 'bfloat16'] as const)(
  'the memory that is told is what the process takes: in pages of 4 kB, in %s',
  async (precision) => {
    const large = buildGraph({ ...benchmarkNetworks.small!.config });
    const engine = await nativeEngine(fastest, 2);
    const compile = (): Promise<CompiledNetwork> => engine.compile(large, { batchSize: 256, optimizer, precision });
    const first = await compile().catch(() => undefined); // where the processor has no bfloat16
    if (first === undefined) return;
    const { memoryBytes } = first;
    first.dispose(); // what is left free of it is used again
    const batch = randomBatch(large, 256, 1);
    const deviation = async (): Promise<number> => {
      const before = process.memoryUsage().rss;
      const network = await compile();
      network.trainStep(batch, 1e-3, 0); // memory is taken where it is used
      const taken = process.memoryUsage().rss - before;
      network.dispose();
      return Math.abs(taken / memoryBytes - 1);
    };
    // The median: while one is measured, the memory of Node.js may grow or shrink.
    const deviations = [await deviation(), await deviation(), await deviation()].sort((a, b) => a - b);
    expect(memoryBytes).toBeGreaterThan(4e8);
    expect(deviations[1]).toBeLessThan(0.03);
  },
);

test('layers are computed by the algorithm that fits their groups', async () => {
  const engine = await nativeEngine(fastest);
  const network = await engine.compile(
    buildGraph({
      ...{ stem: { type: 'res_stem_cifar', width: 16 }, block: 'x', squeezeExcitationRatio: 0, headWidth: 0 },
      stages: [1, 5, 8, 48, 8].map((groupWidth, stage) => {
        const width = [8, 20, 24, 96, 8][stage]!;
        return { depth: 1, width, stride: 1, bottleneckRatio: 1, groupWidth };
      }),
      ...{ classes: 10, imageSize: 16, imageChannels: 3 },
    }),
    { batchSize: 1, optimizer },
  );
  const { kernels } = network;
  network.dispose();
  const wide = engine.instructionSet === 'avx512_512';
  const of = (name: string): string | undefined => kernels!.find(({ layer }) => layer === name)?.algorithm;
  expect(['s1.b1.f.b', 's2.b1.f.b', 's3.b1.f.b', 's4.b1.f.b', 's5.b1.f.b', 'head.fc'].map(of)).toEqual([
    ...['narrow', 'lanes', wide ? 'interleaved' : 'direct', 'Winograd', wide ? 'one block' : 'direct', 'direct'],
  ]);
});

test('networks in one process do not know of each other', async () => {
  const engine = await nativeEngine(fastest);
  const alone = await withNetwork(engine, graph, 4, randomState(graph, 1), async (network) => {
    for (let step = 0; step < 4; step++) network.trainStep(randomBatch(graph, 4, step), 0.01, 0);
    return network.getState();
  });
  const beside = await withNetwork(engine, graph, 4, randomState(graph, 1), (network) =>
    withNetwork(engine, graph, 5, randomState(graph, 2), async (other) => {
      for (let step = 0; step < 4; step++) {
        network.trainStep(randomBatch(graph, 4, step), 0.01, 0);
        other.trainStep(randomBatch(graph, 5, step), 0.3, 0);
      }
      return network.getState();
    }),
  );
  expect(beside).toEqual(alone);
});

describe('bad input is named', () => {
  const use = async (call: (network: CompiledNetwork) => unknown): Promise<unknown> => {
    const network = await compile();
    try {
      await call(network);
    } catch (error) {
      return error instanceof InvalidInputError ? error.message : error;
    }
    return 'no error';
  };
  const compile = async (): Promise<CompiledNetwork> =>
    (await nativeEngine(fastest)).compile(graph, { batchSize: 4, optimizer });
  const batch = randomBatch(graph, 4, 1);
  const evaluateDisposed = (network: CompiledNetwork): void => {
    network.dispose();
    network.evaluate(batch);
  };

  test.each([
    ['batch.images', () => use((n) => n.trainStep({ ...batch, images: new Float32Array(3) }, 0.1, 0))],
    ['batch.labels', () => use((n) => n.trainStep({ ...batch, labels: new Int32Array(3) }, 0.1, 0))],
    ['batch.labels[2]', () => use((n) => n.trainStep({ ...batch, labels: Int32Array.from([0, 1, 6, 0]) }, 0.1, 0))],
    ['batch.count', () => use((n) => n.trainStep({ ...batch, count: 3 }, 0.1, 0))],
    ['batch.count', () => use((n) => n.evaluate({ ...batch, count: 5 }))],
    ['learningRate', () => use((n) => n.trainStep(batch, NaN, 0))],
    ['momentum', () => use((n) => n.updateStatistics(batch, 0))],
    ['state.nothing', () => use((n) => n.setState(new Map([['nothing', new Float32Array(1)]])))],
    ['state.stem.conv.weight', () => use((n) => n.setState(new Map([['stem.conv.weight', new Float32Array(1)]])))],
    ['outputGradient', () => use((n) => n.differentiate(batch, new Float32Array(1)))],
    ['network', () => use(evaluateDisposed)],
  ])('%s', async (key, message) => {
    expect(await message()).toMatch(new RegExp(`^${key.replace(/[[\]]/g, '\\$&')}: `));
  });

  test('a graph whose shapes do not fit', async () => {
    const maker = new GraphMaker({ channels: 3, height: 4, width: 4 });
    maker.relu(0);
    const { nodes, ...rest } = maker.graph();
    const shape = { channels: 3, height: 5, width: 4 };
    const wrong = { ...rest, nodes: [nodes[0]!, { ...nodes[1]!, shape }] };
    const engine = await nativeEngine(fastest);
    await expect(engine.compile(wrong, { batchSize: 1, optimizer })).rejects.toThrow(/^graph\.nodes\[1\]\.shape: /);
  });

  test('a batch size of nothing', async () => {
    const engine = await nativeEngine(fastest);
    await expect(engine.compile(graph, { batchSize: 0, optimizer })).rejects.toThrow(/^options\.batchSize: /);
  });
});
