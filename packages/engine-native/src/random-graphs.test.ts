import { describe, expect, test } from '@jest/globals';
import { derivatives, randomGraph, worstDifference } from '@netspace/engine-testing';
import fc from 'fast-check';
import { instructionSets, nativeEngine } from './fixtures/native-engines.js';
import { referenceDerivatives } from './fixtures/reference-derivatives.js';

const runs = { seed: 20201, numRuns: 60 };
const batchSizes = fc.constantFrom(1, 2, 3, 5, 9, 17);

describe.each(instructionSets)('any composition of operations, %s', (isa) => {
  test('differentiate and infer equal the double-precision engine', async () => {
    const native = await nativeEngine(isa);
    await fc.assert(
      fc.asyncProperty(randomGraph, batchSizes, async (graph, count) => {
        const worst = worstDifference(
          await derivatives(native, graph, count),
          await referenceDerivatives(graph, count),
        );
        expect(worst).toEqual({ name: worst.name, error: expect.closeTo(0, 3) });
      }),
      runs,
    );
  });

  test('the same call gives the same bits', async () => {
    const native = await nativeEngine(isa);
    await fc.assert(
      fc.asyncProperty(randomGraph, batchSizes, async (graph, count) => {
        expect(await derivatives(native, graph, count)).toEqual(await derivatives(native, graph, count));
      }),
      { ...runs, numRuns: 12 },
    );
  });
});
