import { describe, expect, test } from '@jest/globals';
import type { NetworkGraph } from '@netspace/contracts';
import { derivatives, GraphMaker, worstDifference } from '@netspace/engine-testing';
import fc from 'fast-check';
import { instructionSets, nativeEngine } from './fixtures/native-engines.js';
import { referenceDerivatives } from './fixtures/reference-derivatives.js';

const window = { kernel: 3, stride: 1, padding: 1 };

const dense = fc.record({
  groups: fc.constant(1),
  inputs: fc.oneof(fc.integer({ min: 16, max: 56 }), fc.constantFrom(16, 32, 48)),
  outputs: fc.oneof(fc.integer({ min: 16, max: 56 }), fc.constantFrom(16, 32, 48)),
});
const grouped = fc.record({
  groups: fc.constantFrom(2, 3),
  inputs: fc.constantFrom(16, 17, 24, 48),
  outputs: fc.constantFrom(16, 20, 40),
});

/**
 * 3x3 convolutions as Winograd's algorithm takes them (channels are of a group), with two readers of one value, so that the
 * gradients of its input are added up; maps of even and odd sizes, and of so few pixels that the algorithm is not used.
 */
const wideConvolutions: fc.Arbitrary<NetworkGraph> = fc
  .record({
    channels: fc.oneof(dense, grouped),
    map: fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ height: fc.integer({ min: 1, max: 9 }), width: fc.integer({ min: 1, max: 9 }) }),
      },
      { weight: 1, arbitrary: fc.constantFrom({ height: 2, width: 129 }, { height: 17, width: 16 }) },
    ),
    biased: fc.boolean(),
  })
  .map(({ channels: { groups, inputs, outputs }, map, biased }) => {
    const maker = new GraphMaker({ channels: groups * inputs, ...map });
    const first = maker.conv(0, groups * outputs, window, groups, biased);
    const second = maker.sigmoid(maker.batchNorm(maker.conv(0, groups * outputs, window, groups)));
    maker.conv(maker.sum(first, second), groups * inputs, window, groups);
    return maker.graph();
  });

describe.each(instructionSets)('wide 3x3 convolutions, %s', (isa) => {
  test('outputs and gradients equal the double-precision engine, to single precision', async () => {
    const native = await nativeEngine(isa);
    await fc.assert(
      fc.asyncProperty(wideConvolutions, fc.constantFrom(1, 2, 5), async (graph, count) => {
        const actual = await derivatives(native, graph, count);
        const { name, error } = worstDifference(actual, await referenceDerivatives(graph, count));
        expect({ name, exact: error < 1e-5 }).toEqual({ name, exact: true });
      }),
      { seed: 20201, numRuns: 20 },
    );
  });

  test('the bits do not depend on the number of threads', async () => {
    const [one, three] = [await nativeEngine(isa), await nativeEngine(isa, 3)];
    await fc.assert(
      fc.asyncProperty(wideConvolutions, fc.constantFrom(9, 21), async (graph, count) => {
        expect(await derivatives(three, graph, count)).toEqual(await derivatives(one, graph, count));
      }),
      { seed: 20201, numRuns: 6 },
    );
  });
});
