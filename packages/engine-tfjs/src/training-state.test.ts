import { expect, test } from '@jest/globals';
import { randomClassifier, trainWithBreaks } from '@netspace/engine-testing';
import fc from 'fast-check';
import { availableBackends, engineOf } from './fixtures/tfjs-backends.js';

test.each(availableBackends)(
  'a training that other networks go on with gives the bits of one that was never broken off, %s',
  async (backend) => {
    const engine = engineOf(backend);
    const breaks = fc.subarray([1, 2, 3]);
    await fc.assert(
      fc.asyncProperty(randomClassifier, breaks, async (graph, steps) => {
        const training = { graph, batchSize: 3, steps: 4 };
        const whole = await trainWithBreaks([engine], { ...training, breaks: [] });
        expect(await trainWithBreaks([engine], { ...training, breaks: steps })).toEqual(whole);
      }),
      { seed: 30304, numRuns: 8 },
    );
  },
);
