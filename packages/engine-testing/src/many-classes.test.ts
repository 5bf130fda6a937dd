import { expect, test } from '@jest/globals';
import { loadEngine } from '@netspace/engine-reference';
import { expectedScoresOfManyClasses, scoresOfManyClasses } from './index.js';

test('scoresOfManyClasses(engine) of the reference engine: 65,535 classes are told apart', async () => {
  const reference = await loadEngine();
  expect(await scoresOfManyClasses(reference.engine)).toEqual({
    ...expectedScoresOfManyClasses,
    lossSum: expect.closeTo(expectedScoresOfManyClasses.lossSum, 9),
  });
});
