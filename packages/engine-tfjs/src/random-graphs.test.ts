import { describe, expect, test } from '@jest/globals';
import type { Engine } from '@netspace/contracts';
import { loadEngine as loadReference } from '@netspace/engine-reference';
import { derivatives, randomGraph, worstDifference } from '@netspace/engine-testing';
import fc from 'fast-check';
import { availableBackends, engineOf } from './fixtures/tfjs-backends.js';

async function referenceEngine(): Promise<Engine> {
  const reference = await loadReference();
  return reference.engine;
}

describe.each(availableBackends)('any composition of operations, backend %s', (backend) => {
  test('differentiate and infer equal the double-precision engine', async () => {
    const [tfjs, reference] = [engineOf(backend), await referenceEngine()];
    await fc.assert(
      fc.asyncProperty(randomGraph, fc.constantFrom(2, 3, 5), async (graph, count) => {
        const worst = worstDifference(
          await derivatives(tfjs, graph, count),
          await derivatives(reference, graph, count),
        );
        expect(worst).toEqual({ name: worst.name, error: expect.closeTo(0, 3) });
      }),
      { seed: 20203, numRuns: backend === 'cpu' ? 10 : 60 },
    );
  });
});
