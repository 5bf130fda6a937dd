import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openRandom } from '@netspace/random';
import { bestOfResamples, bootstrapBest, percentile, rangeOfBest } from './index.js';

const population = fc
  .array(fc.record({ value: fc.double({ min: 0, max: 100, noNaN: true }), error: fc.integer({ min: 0, max: 100 }) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((networks) => ({
    values: networks.map(({ value }) => value),
    errors: networks.map(({ error }) => error),
  }));

const few = { numRuns: 30 };

describe('bootstrapBest', () => {
  test('its range lies inside the data and holds its median', () => {
    fc.assert(
      fc.property(population, fc.integer(), ({ values, errors }, seed) => {
        const { low, median, high } = bootstrapBest({ values, errors, seed, resamples: 200 });
        expect(Math.min(...values)).toBeLessThanOrEqual(low);
        expect(low).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(Math.max(...values));
      }),
      few,
    );
  });

  test('follows the exact distribution: the best of k is among the r best with chance 1 - (1 - r / n)^k', () => {
    const n = 200;
    const ranks = Array.from({ length: n }, (_, index) => index + 1);
    const k = n / 4;
    const quantileOfBest = (p: number): number => ranks.find((rank) => 1 - (1 - rank / n) ** k >= p)!;
    const { low, median, high } = bootstrapBest({ values: ranks, errors: ranks, seed: 3 });
    expect(Math.abs(low - quantileOfBest(0.025))).toBeLessThanOrEqual(1);
    expect(Math.abs(median - quantileOfBest(0.5))).toBeLessThanOrEqual(1);
    expect(Math.abs(high - quantileOfBest(0.975))).toBeLessThanOrEqual(1);
  });

  test('with one resample of the whole population by chance gives a value of that population', () => {
    const { low, median, high } = bootstrapBest({ values: [5], errors: [1], seed: 1, resamples: 1, share: 1 });
    expect([low, median, high]).toEqual([5, 5, 5]);
  });

  test('gives every one of tied networks the same chance', () => {
    const values = Array.from({ length: 100 }, (_, index) => index);
    const { low, median, high } = bootstrapBest({ values, errors: values.map(() => 7), seed: 4 });
    const uniform = (p: number): number => percentile(values, p);
    expect(Math.abs(low - uniform(2.5))).toBeLessThan(3);
    expect(Math.abs(median - uniform(50))).toBeLessThan(3);
    expect(Math.abs(high - uniform(97.5))).toBeLessThan(3);
  });

  test('is the same for the same seed and moves with the values', () => {
    fc.assert(
      fc.property(population, fc.integer(), ({ values, errors }, seed) => {
        const request = { values, errors, seed, resamples: 101 };
        const range = bootstrapBest(request);
        expect(bootstrapBest(request)).toEqual(range);
        const doubled = bootstrapBest({ ...request, values: values.map((value) => 2 * value) });
        expect(doubled.median).toBe(2 * range.median);
      }),
      few,
    );
  });

  test('other seeds draw other samples', () => {
    const values = Array.from({ length: 50 }, (_, index) => index ** 1.5);
    const errors = values.map((value) => (value * 37) % 11);
    const medians = [1, 2, 3, 4, 5, 6].map((seed) => bootstrapBest({ values, errors, seed, resamples: 5 }).median);
    expect(new Set(medians).size).toBeGreaterThan(1);
  });
});

describe('bestOfResamples', () => {
  test('draws once for several parameters what bootstrapBest draws for each', () => {
    fc.assert(
      fc.property(population, fc.integer(), ({ values, errors }, seed) => {
        const best = bestOfResamples({ errors, seed, resamples: 101 });
        expect(rangeOfBest(values, best)).toEqual(bootstrapBest({ values, errors, seed, resamples: 101 }));
      }),
      few,
    );
  });

  test('the order of networks that do not tie changes nothing', () => {
    const errors = Array.from({ length: 40 }, (_, index) => index);
    const request = { seed: 1, resamples: 200 };
    const drawn = bestOfResamples({ ...request, errors }).map((index) => errors[index]);
    const reversed = [...errors].reverse();
    expect(bestOfResamples({ ...request, errors: reversed }).map((index) => reversed[index])).toEqual(drawn);
  });

  test('is distributed as the best of samples that are drawn network by network, ties by the first draw', () => {
    const errors = [5, 3, 7, 3, 3, 9, 5, 8];
    const random = openRandom(5, 'one by one');
    const counts = (best: readonly number[]): number[] =>
      errors.map((_, network) => best.filter((index) => index === network).length);
    const resamples = 40_000;
    const bestDrawn = (): number => {
      const sample = Array.from({ length: 2 }, () => random.integer(0, errors.length - 1));
      return sample.reduce((best, network) => (errors[network]! < errors[best]! ? network : best));
    };
    const oneByOne = counts(Array.from({ length: resamples }, bestDrawn));
    const byRank = counts(bestOfResamples({ errors, seed: 6, resamples }));
    // Chi-squared of two samples, 7 degrees of freedom: above 29.9 once in 10,000.
    const chiSquared = byRank.reduce((sum, count, network) => {
      const other = oneByOne[network]!;
      return sum + (count - other) ** 2 / (count + other);
    }, 0);
    expect(chiSquared).toBeLessThan(29.9);
  });
});
