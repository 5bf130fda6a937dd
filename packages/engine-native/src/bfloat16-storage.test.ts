import { describe, expect, test } from '@jest/globals';
import type { CompileOptions, Engine, NetworkGraph, NetworkState } from '@netspace/contracts';
import { loadEngine as loadReference } from '@netspace/engine-reference';
import {
  benchmarkNetworks,
  derivatives,
  GraphMaker,
  optimizer,
  randomBatch,
  randomGraph,
  randomOutputGradient,
  randomState,
  withNetwork,
  worstDifference,
} from '@netspace/engine-testing';
import { buildGraph } from '@netspace/model-builder';
import fc from 'fast-check';
import { instructionSets, nativeEngine } from './fixtures/native-engines.js';
import { rounded } from './fixtures/rounded.js';
import { smoothGraph } from './fixtures/smooth-graph.js';
import { withOptions } from './fixtures/with-options.js';

const inBfloat16 = (engine: Engine): Engine => withOptions(engine, { storage: 'bfloat16' });

const point = { kernel: 1, stride: 1, padding: 0 };

/** Batch normalisation of what a convolution leaves as it is, twice, and their sum. */
function normalisedImages(channels: number, size: number): NetworkGraph {
  const maker = new GraphMaker({ channels, height: size, width: size });
  const normalised = (): number => maker.batchNorm(maker.conv(0, channels, point));
  const first = normalised();
  maker.sum(first, normalised());
  return maker.graph();
}

/** Convolutions that leave images as they are; the rest as drawn. */
function identityState(graph: NetworkGraph, channels: number): NetworkState {
  const identity = Float32Array.from({ length: channels ** 2 }, (_, i) => (i % (channels + 1) === 0 ? 1 : 0));
  const convolutions = graph.parameters.filter(({ role }) => role === 'conv_weight');
  return new Map([...randomState(graph, 3), ...convolutions.map(({ name }) => [name, identity] as const)]);
}

/** The norm of the difference over the norm of what is expected. */
function distance(actual: Float32Array, expected: Float32Array): number {
  const norm = (values: Float32Array): number => Math.hypot(...values);
  const difference = norm(actual.map((value, i) => value - expected[i]!));
  return difference === 0 ? 0 : difference / norm(expected);
}

const sizes = fc.record({
  channels: fc.integer({ min: 1, max: 20 }),
  size: fc.integer({ min: 2, max: 13 }),
  count: fc.constantFrom(1, 2, 5, 17),
});

describe.each(instructionSets)('storage in bfloat16, %s', (isa) => {
  // Sums are of other differences in float32, so that the last bits may differ. Gradients of weights are of images as
  // they are, which are not stored.
  test('is to round what is stored: as training of rounded images and gradients', async () => {
    const native = await nativeEngine(isa);
    await fc.assert(
      fc.asyncProperty(sizes, async ({ channels, size, count }) => {
        const graph = normalisedImages(channels, size);
        const state = identityState(graph, channels);
        const { images } = randomBatch(graph, count, 1);
        const gradient = randomOutputGradient(graph, count, 2);
        const run = (engine: Engine, own: Float32Array, ofOutput: Float32Array): Promise<Map<string, Float32Array>> =>
          withNetwork(engine, graph, count, state, async (network) => {
            const batch = { count, images: own, labels: new Int32Array(count) };
            const { output, input, parameters } = await network.differentiate(batch, ofOutput);
            const others = [...parameters].filter(([name]) => !name.endsWith('weight'));
            return new Map([['output', output], ['input', input], ...others]);
          });
        const expected = await run(native, rounded(images), rounded(gradient));
        const stored = worstDifference(await run(inBfloat16(native), images, gradient), expected);
        const exact = worstDifference(await run(native, images, gradient), expected);
        expect(stored.error).toBeLessThan(2e-5);
        expect(exact.error).toBeGreaterThan(10 * stored.error);
      }),
      { seed: 20204, numRuns: 40 },
    );
  });

  // Each stored map is off by at most 2^-9 of its numbers; eleven layers and back.
  test.each([5, 8, 13])('a network on images of %d pixels differs by no more than roundings', async (size) => {
    const native = inBfloat16(await nativeEngine(isa));
    const { engine: reference } = await loadReference();
    const graph = smoothGraph(size);
    for (const count of [3, 16]) {
      const expected = await derivatives(reference, graph, count);
      const { error } = worstDifference(await derivatives(native, graph, count), expected);
      expect(error).toBeLessThan(11 * 2 * 2 ** -9);
      expect(error).toBeGreaterThan(2 ** -12);
    }
  });

  // Where a ReLU's input is about zero, roundings let a gradient through or stop it.
  test('any composition of operations is as in float32 but for roundings', async () => {
    const native = await nativeEngine(isa);
    await fc.assert(
      fc.asyncProperty(randomGraph, async (graph) => {
        const actual = await derivatives(inBfloat16(native), graph, 21);
        const expected = await derivatives(native, graph, 21);
        expect(distance(actual.get('output')!, expected.get('output')!)).toBeLessThan(0.03);
        const [own, others] = [actual, expected].map((all) =>
          Float32Array.from([...all.values()].flatMap((v) => [...v])),
        );
        expect(distance(own!, others!)).toBeLessThan(0.4);
      }),
      { seed: 20206, numRuns: 30 },
    );
  });

  test('a diverged training is not a number, however it is stored', async () => {
    const graph = smoothGraph(8);
    const state = new Map([...randomState(graph, 1)].map(([name, values]) => [name, values.map(() => NaN)]));
    const { lossSum } = await withNetwork(inBfloat16(await nativeEngine(isa)), graph, 4, state, async (network) => {
      network.trainStep(randomBatch(graph, 4, 1), 0.1, 0);
      return network.takeMetrics();
    });
    expect(lossSum).toBeNaN();
  });

  test('takes little more than half of the memory', async () => {
    const { config, batchSize } = benchmarkNetworks.small!;
    const graph = buildGraph(config);
    const native = await nativeEngine(isa);
    const bytes = (engine: Engine): Promise<number> =>
      engine.compile(graph, { batchSize, optimizer }).then((network) => network.memoryBytes);
    expect(await bytes(inBfloat16(native))).toBeLessThan(0.6 * (await bytes(native)));
  });
});

test('another storage is refused', async () => {
  const options = { batchSize: 1, optimizer, storage: 'float16' } as unknown as CompileOptions;
  const compiled = (await nativeEngine('baseline')).compile(smoothGraph(5), options);
  await expect(compiled).rejects.toThrow(/^options\.storage: must be float32 or bfloat16/);
});
