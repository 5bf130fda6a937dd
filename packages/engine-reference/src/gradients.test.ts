import { describe, expect, test } from '@jest/globals';
import type { ActivationShape, NetworkGraph } from '@netspace/contracts';
import { openRandom, type Random, shuffle } from '@netspace/random';
import fc from 'fast-check';
import { batchNormGraph, convGraph, gateGraph, linearGraph, maxPoolGraph } from './fixtures/graphs.js';
import { ReferenceNetwork } from './reference-network.js';

const optimizer = { momentum: 0, nesterov: false, weightDecay: 0, batchNormWeightDecay: 0, biasWeightDecay: 0 };
const small = (low: number, high: number): fc.Arbitrary<number> => fc.integer({ min: low, max: high });
const shapes = (channels: fc.Arbitrary<number>): fc.Arbitrary<ActivationShape> =>
  fc.record({ channels, height: small(1, 5), width: small(1, 5) });
const normals = (length: number, random: Random): Float32Array => Float32Array.from({ length }, () => random.normal());
/** Values a tenth apart and none near 0, so that no step crosses a bend of relu or of a maximum. */
const spread = (length: number, random: Random): Float32Array =>
  shuffle(
    Float32Array.from({ length }, (_, i) => (i - Math.floor(length / 2) + 0.5) / 10),
    random,
  );
const elements = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** <w, output> for fixed random w: its gradients are what `differentiate` returns for the output gradient w. */
async function checkGradients(graph: NetworkGraph, batchSize: number, seed: number, step = 5e-3): Promise<void> {
  const random = openRandom(seed);
  const network = new ReferenceNetwork(graph, { batchSize, optimizer });
  const state = new Map(graph.parameters.map(({ name, shape }) => [name, normals(elements(shape), random)]));
  network.setState(state);
  const sizeOf = ({ channels, height, width }: ActivationShape): number => batchSize * channels * height * width;
  const images = spread(sizeOf(graph.nodes[0]!.shape), random);
  const weights = normals(sizeOf(graph.nodes[graph.output]!.shape), random);
  const batch = { count: batchSize, images, labels: new Int32Array(batchSize) };
  const gradients = await network.differentiate(batch, weights);

  const value = async (): Promise<number> => dot(weights, (await network.differentiate(batch, weights)).output);
  const tensors: [Float32Array, Float32Array, () => void][] = [
    [images, gradients.input, () => undefined],
    ...[...state].map(([name, values]): [Float32Array, Float32Array, () => void] => [
      values,
      gradients.parameters.get(name)!,
      () => network.setState(state),
    ]),
  ];
  for (const [values, gradient, apply] of tensors) {
    const numeric = await directionalDifference(values, normals(values.length, random), { apply, value, step });
    expect(Math.abs(dot(numeric.direction, gradient) - numeric.slope)).toBeLessThan(
      2e-3 * (1 + Math.abs(numeric.slope)),
    );
  }
}

/** Central difference of `value` along a direction, as float32 really took it. */
async function directionalDifference(
  values: Float32Array,
  direction: Float32Array,
  { apply, value, step }: { readonly apply: () => void; readonly value: () => Promise<number>; readonly step: number },
): Promise<{ slope: number; direction: Float64Array }> {
  const start = Float32Array.from(values);
  const move = async (length: number): Promise<[number, Float64Array]> => {
    for (let i = 0; i < values.length; i++) values[i] = start[i]! + length * direction[i]!;
    apply();
    return [await value(), Float64Array.from(values)];
  };
  const [up, upper] = await move(step);
  const [down, lower] = await move(-step);
  await move(0);
  return { slope: (up - down) / (2 * step), direction: upper.map((x, i) => (x - lower[i]!) / (2 * step)) };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const runs = { numRuns: 60 };

describe('the gradients of', () => {
  test('a convolution of any kernel, stride, padding, groups and map equal finite differences', async () => {
    const cases = fc.record({
      map: fc.record({ height: small(1, 6), width: small(1, 6) }),
      groups: small(1, 3),
      inGroup: small(1, 3),
      outGroup: small(1, 3),
      kernel: fc.constantFrom(1, 3, 5),
      stride: small(1, 3),
      batch: small(1, 3),
      seed: fc.nat(),
    });
    const property = fc.asyncProperty(
      cases,
      async ({ map, groups, inGroup, outGroup, kernel, stride, batch, seed }) => {
        const window = { kernel, stride, padding: (kernel - 1) / 2, groups };
        const graph = convGraph({ channels: groups * inGroup, ...map }, groups * outGroup, window);
        await checkGradients(graph, batch, seed, 0.1);
      },
    );
    await fc.assert(property, runs);
  });

  test('batch normalisation equal finite differences', async () => {
    const property = fc.asyncProperty(shapes(small(1, 4)), small(2, 4), fc.nat(), async (shape, batch, seed) => {
      // Of fewer values the variance can come close to 0, where float32 steps are too coarse.
      fc.pre(batch * shape.height * shape.width >= 6);
      // A short step, since it bends; a convolution does not, and a long step has the smaller rounding error.
      await checkGradients(batchNormGraph(shape), batch, seed, 1e-3);
    });
    await fc.assert(property, runs);
  });

  test('the global average and a linear layer equal finite differences', async () => {
    const property = fc.asyncProperty(
      shapes(small(1, 5)),
      small(1, 6),
      small(1, 3),
      fc.nat(),
      async (shape, out, batch, seed) => {
        await checkGradients(linearGraph(shape, out), batch, seed);
      },
    );
    await fc.assert(property, runs);
  });

  test('sigmoid, scale, relu and add equal finite differences', async () => {
    const property = fc.asyncProperty(shapes(small(1, 4)), small(1, 3), fc.nat(), async (shape, batch, seed) => {
      await checkGradients(gateGraph(shape), batch, seed);
    });
    await fc.assert(property, runs);
  });

  test('a max pool equal finite differences', async () => {
    const property = fc.asyncProperty(
      shapes(small(1, 3)),
      small(1, 2),
      small(1, 2),
      fc.nat(),
      async (shape, stride, batch, seed) => {
        await checkGradients(maxPoolGraph(shape, 3, stride, 1), batch, seed);
      },
    );
    await fc.assert(property, runs);
  });
});
