import { describe, expect, test } from '@jest/globals';
import type { NetworkGraph } from '@netspace/contracts';
import { GraphMaker, randomBatch, randomOutputGradient, randomState, withNetwork } from '@netspace/engine-testing';
import { openRandom } from '@netspace/random';
import fc from 'fast-check';
import { instructionSets, nativeEngine } from './fixtures/native-engines.js';

interface Shape {
  readonly groups: number;
  readonly perGroup: number;
  readonly kernel: number;
  readonly stride: number;
  readonly size: number;
}

/** A residual block with a gate, smooth everywhere: no step crosses a bend. */
function smoothBlock({ groups, perGroup, kernel, stride, size }: Shape): NetworkGraph {
  const channels = groups * perGroup;
  const maker = new GraphMaker({ channels: 3, height: size, width: size });
  const one = { kernel: 1, stride: 1, padding: 0 };
  const entry = maker.sigmoid(maker.batchNorm(maker.conv(0, channels, one)));
  const inner = maker.conv(entry, channels, { kernel, stride, padding: (kernel - 1) / 2 }, groups);
  const gated = maker.sigmoid(maker.batchNorm(inner));
  const scaled = maker.scale(gated, maker.sigmoid(maker.conv(maker.averagePool(gated), channels, one, 1, true)));
  const body = maker.batchNorm(maker.conv(scaled, channels, one));
  const shortcut = maker.batchNorm(maker.conv(entry, channels, { ...one, stride }));
  maker.linear(maker.averagePool(maker.sum(body, shortcut)), 5);
  return maker.graph();
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  groups: fc.constantFrom(1, 2, 3),
  perGroup: fc.constantFrom(1, 2, 3, 4, 5, 8, 12, 16),
  kernel: fc.constantFrom(1, 3, 5),
  stride: fc.constantFrom(1, 2),
  size: fc.integer({ min: 1, max: 7 }),
});

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Along a random direction of every parameter and of the input together: the difference, and what the gradients say. */
async function slopes(
  isa: string,
  graph: NetworkGraph,
  count: number,
): Promise<{ difference: number; gradient: number }> {
  const step = 1e-2;
  const state = randomState(graph, 1);
  const batch = randomBatch(graph, count, 2);
  const weights = randomOutputGradient(graph, count, 3);
  const random = openRandom(4);
  const direction = (values: Float32Array): Float32Array =>
    values.map(() => random.normal() / Math.sqrt(values.length));
  const moved = (values: Float32Array, along: Float32Array, length: number): Float32Array =>
    values.map((value, i) => value + length * along[i]!);
  const ofImages = direction(batch.images);
  const ofState = new Map(graph.parameters.map(({ name }) => [name, direction(state.get(name)!)]));
  return withNetwork(await nativeEngine(isa), graph, count, state, async (network) => {
    const { input, parameters } = await network.differentiate(batch, weights);
    const along = [...parameters].map(([name, values]) => dot(values, ofState.get(name)!));
    const valueAt = async (length: number): Promise<number> => {
      network.setState(new Map([...ofState].map(([name, to]) => [name, moved(state.get(name)!, to, length)])));
      const images = moved(batch.images, ofImages, length);
      return dot(weights, (await network.differentiate({ ...batch, images }, weights)).output);
    };
    const difference = ((await valueAt(step)) - (await valueAt(-step))) / (2 * step);
    return { difference, gradient: along.reduce((sum, value) => sum + value, dot(input, ofImages)) };
  });
}

describe.each(instructionSets)('gradients are the slopes of the output, %s', (isa) => {
  test('a gated residual block of any groups, kernel, stride and size', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom(2, 5, 17), async (shape, count) => {
        const { difference, gradient } = await slopes(isa, smoothBlock(shape), count);
        expect(Math.abs(difference - gradient)).toBeLessThan(2e-3 * (1 + Math.abs(gradient)));
      }),
      { seed: 20201, numRuns: 60 },
    );
  });
});
