import { expect, test } from '@jest/globals';
import { loadEngine } from '@netspace/engine-reference';
import fc from 'fast-check';
import { randomClassifier, trainWithBreaks } from './index.js';

test('trainWithBreaks(engines, training) of the reference engine gives the bits of one that was never broken off', async () => {
  const { engine } = await loadEngine();
  const breaks = fc.subarray([0, 1, 2, 3]);
  await fc.assert(
    fc.asyncProperty(randomClassifier, breaks, async (graph, steps) => {
      const training = { graph, batchSize: 3, steps: 4 };
      const whole = await trainWithBreaks([engine], { ...training, breaks: [] });
      expect(await trainWithBreaks([engine], { ...training, breaks: steps })).toEqual(whole);
    }),
    { seed: 30303, numRuns: 12 },
  );
});
