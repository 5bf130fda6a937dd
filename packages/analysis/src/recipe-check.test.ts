import { expect, test } from '@jest/globals';
import { analyseStudy, bestRecipe, recipeOutcomes } from './index.js';
import { madeArm, type MadeNetwork, madeStudy } from './testing.js';

const lost: MadeNetwork = { error: 80, epochs: [80], trainLoss: 2.2, depths: [9, 2], params: 1e6 };
const learned = (error: number): MadeNetwork => ({ error, epochs: [error], trainLoss: 1, depths: [1, 2], params: 5e6 });

test('recipes are told with the networks that did not train, over all spaces of a setting', () => {
  const analysis = analyseStudy(
    madeStudy([
      madeArm('hot/A', [lost, learned(20)], 'hot', 'A'),
      madeArm('hot/B', [{ error: 'diverged', depths: [4, 4], params: 3e6 }, learned(30)], 'hot', 'B'),
      madeArm('warm/A', [learned(20), learned(22)], 'warm', 'A'),
      madeArm('warm/B', [learned(24), learned(26)], 'warm', 'B'),
      madeArm('cold/A', [learned(40), learned(42)], 'cold', 'A'),
    ]),
  );
  const outcomes = recipeOutcomes(analysis);
  expect(outcomes[0]).toMatchObject({
    ...{ recipe: 'hot', networks: 4, untrained: 2, median: 55, mean: 57.5 },
    // Clopper and Pearson's interval of 2 of 4 (SciPy).
    share: { low: expect.closeTo(0.0675859, 6), high: expect.closeTo(0.9324141, 6) },
  });
  const { untrained, trained } = outcomes[0]!.sizes;
  expect(untrained).toMatchObject({
    ...{ networks: 2, depth: { min: 8, lowerQuartile: 8.75, median: 9.5, upperQuartile: 10.25, max: 11 } },
    params: { min: 1e6, median: 2e6, max: 3e6 },
  });
  expect(trained).toMatchObject({ networks: 2, depth: { min: 3, max: 3 }, params: { median: 5e6 } });
  expect(outcomes[1]!.sizes.untrained).toEqual({ networks: 0, depth: null, params: null });
  expect(bestRecipe(outcomes)?.recipe).toBe('warm');
});
