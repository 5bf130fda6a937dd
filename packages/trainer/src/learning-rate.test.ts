import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Recipe } from '@netspace/contracts';
import fc from 'fast-check';
import { learningRateAt } from './index.js';

type RateRecipe = Parameters<typeof learningRateAt>[0];
interface Fixture {
  readonly rows: readonly {
    readonly recipe: RateRecipe;
    readonly rates: readonly (readonly [epoch: number, rate: number])[];
  }[];
}
const fixture = JSON.parse(readFileSync(new URL('fixtures/learning-rates.json', import.meta.url), 'utf8')) as Fixture;

const recipe = (learningRate: Recipe['learningRate'], epochs = 10): RateRecipe => ({
  epochs,
  learningRate,
  warmup: { epochs: 0, factor: 0.1 },
});

describe('learningRateAt(recipe, epoch)', () => {
  test.each(fixture.rows)('equals pycls for $recipe', ({ recipe, rates }) => {
    for (const [epoch, rate] of rates)
      expect(Math.abs(learningRateAt(recipe, epoch) - rate)).toBeLessThanOrEqual(1e-15);
  });

  test.each<[string, Recipe['learningRate'], number, number]>([
    ['cosine at a third', { schedule: 'cosine', base: 0.4, minimumFactor: 0 }, 10 / 3, 0.3],
    ['cosine at a quarter', { schedule: 'cosine', base: 1, minimumFactor: 0 }, 2.5, (2 + Math.SQRT2) / 4],
    ['cosine at the end', { schedule: 'cosine', base: 0.1, minimumFactor: 0.25 }, 10, 0.025],
    ['linear at a fifth', { schedule: 'linear', base: 0.5, minimumFactor: 0.5 }, 2, 0.45],
    ['exponential at the half', { schedule: 'exponential', base: 0.3, minimumFactor: 0.01 }, 5, 0.03],
    ['before the first step', { schedule: 'step', base: 0.1, epochs: [3, 6], factor: 0.1 }, 2.999, 0.1],
    ['at the first step', { schedule: 'step', base: 0.1, epochs: [3, 6], factor: 0.1 }, 3, 0.01],
    ['after the second step', { schedule: 'step', base: 0.1, epochs: [3, 6], factor: 0.1 }, 9.5, 0.001],
  ])('%s', (_, learningRate, epoch, rate) => {
    expect(learningRateAt(recipe(learningRate), epoch)).toBeCloseTo(rate, 14);
  });

  test('the warm-up is a straight line from factor to 1 over a constant rate', () => {
    const constant = {
      ...recipe({ schedule: 'step', base: 1, epochs: [], factor: 0.1 }),
      warmup: { epochs: 4, factor: 0.2 },
    };
    expect([0, 1, 2, 3, 4, 5].map((epoch) => learningRateAt(constant, epoch))).toEqual(
      [0.2, 0.4, 0.6, 0.8, 1, 1].map((rate) => expect.closeTo(rate, 14)),
    );
  });

  test('a schedule falls from base to base times minimum', () => {
    const cases = fc.record({
      schedule: fc.constantFrom('cosine', 'linear', 'exponential'),
      base: fc.double({ min: 1e-3, max: 10, noNaN: true }),
      minimumFactor: fc.double({ min: 1e-4, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 300 }), (learningRate, epochs) => {
        const rates = [0, 0.1, 0.2, 0.4, 0.7, 1].map((t) => learningRateAt(recipe(learningRate, epochs), t * epochs));
        const { base, minimumFactor } = learningRate;
        expect(rates[0]).toBeCloseTo(base, 12);
        expect(rates.at(-1)).toBeCloseTo(base * minimumFactor, 12);
        for (let i = 1; i < rates.length; i++) expect(rates[i]).toBeLessThanOrEqual(rates[i - 1]! * (1 + 1e-12));
      }),
    );
  });
});
