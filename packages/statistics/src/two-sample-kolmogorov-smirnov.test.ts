import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bignumber, combinations, number } from 'mathjs';
import paper from './fixtures/statistics.json' with { type: 'json' };
import scipy from './fixtures/scipy.json' with { type: 'json' };
import { kolmogorovSurvival } from './kolmogorov-distribution.js';
import { edfAt, twoSampleKolmogorovSmirnov } from './index.js';
import { exactLimit } from './two-sample-kolmogorov-smirnov.js';

const samples = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 25 });

/** Every subset of `size` of the numbers 0 to `of` - 1. */
function subsets(of: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: of - from }, (_, index) => from + index).flatMap((first) =>
    subsets(of, size - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

/** D by the definition: the largest difference of the two EDFs at any value. */
function statisticByDefinition(a: readonly number[], b: readonly number[]): number {
  return Math.max(...[...a, ...b].map((value) => Math.abs(edfAt(a, value).atMost - edfAt(b, value).atMost)));
}

describe('twoSampleKolmogorovSmirnov', () => {
  test.each([...scipy.rows, ...paper.rows])('equals SciPy on samples of $a.length and $b.length', (row) => {
    const result = twoSampleKolmogorovSmirnov(Object.freeze(row.a), Object.freeze(row.b));
    expect(result.statistic).toBeCloseTo(row.ks, 12);
    expect(result.asymptoticP).toBeCloseTo(row.p_asymptotic, 9);
    if (row.p_exact !== null) expect(result.exactP! / row.p_exact).toBeCloseTo(1, 9);
  });

  test.each([
    [4, 4],
    [3, 6],
    [5, 4],
    [1, 7],
    [2, 8],
  ])('its exact p-value is the share of all orders of %d and %d values that are as far apart', (m, n) => {
    const orders = subsets(m + n, m).map((a) => ({ a, b: range(m + n).filter((value) => !a.includes(value)) }));
    const statistics = orders.map(({ a, b }) => statisticByDefinition(a, b));
    orders.forEach(({ a, b }, index) => {
      const atLeast = statistics.filter((statistic) => statistic >= statistics[index]! - 1e-9).length;
      const result = twoSampleKolmogorovSmirnov(a, b);
      expect(result.statistic).toBeCloseTo(statistics[index]!, 12);
      expect(result.exactP).toBeCloseTo(atLeast / orders.length, 12);
    });
  });

  test('its exact p-value keeps its digits where it is tiny: 2 / C(2n, n) for samples that do not overlap', () => {
    const apart = twoSampleKolmogorovSmirnov(
      range(300),
      range(300).map((value) => value + 1000),
    );
    const expected = 2 / number(combinations(bignumber(600), bignumber(300)));
    expect(expected).toBeLessThan(1e-170);
    expect(apart.exactP! / expected).toBeCloseTo(1, 10);
  });

  test('approaches the asymptotic p-value for large samples', () => {
    const { asymptoticP, exactP } = twoSampleKolmogorovSmirnov(
      range(2000),
      range(2000).map((value) => value + 80.5),
    );
    expect(Math.abs(asymptoticP - exactP!)).toBeLessThan(0.005);
  });

  test('computes no exact p-value above its limit', () => {
    const limit = Math.sqrt(exactLimit);
    expect(twoSampleKolmogorovSmirnov(range(limit), range(limit)).exactP).toBe(1);
    expect(twoSampleKolmogorovSmirnov(range(limit + 1), range(limit + 1)).exactP).toBeNull();
  });

  test('is symmetric, and the same under any increasing map of the values', () => {
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        const { statistic, asymptoticP, exactP, at, shares } = twoSampleKolmogorovSmirnov(a, b);
        expect(statistic).toBeCloseTo(statisticByDefinition(a, b), 12);
        expect(Math.abs(shares[0] - shares[1])).toBeCloseTo(statistic, 12);
        expect(edfAt(a, at).atMost).toBe(shares[0]);
        expect(edfAt(b, at).atMost).toBe(shares[1]);
        const swapped = twoSampleKolmogorovSmirnov(b, a);
        expect(swapped.statistic).toBe(statistic);
        expect(swapped.asymptoticP).toBeCloseTo(asymptoticP, 12);
        expect(swapped.exactP).toBeCloseTo(exactP!, 12);
        const map = (value: number): number => Math.exp(value / 10);
        expect(twoSampleKolmogorovSmirnov(a.map(map), b.map(map)).statistic).toBe(statistic);
      }),
    );
  });

  test('of a sample with itself is 0, with p-values of 1', () => {
    fc.assert(
      fc.property(samples, (a) => {
        expect(twoSampleKolmogorovSmirnov(a, a)).toMatchObject({ statistic: 0, asymptoticP: 1, exactP: 1 });
      }),
    );
  });
});

describe('kolmogorovSurvival', () => {
  test.each(scipy.kolmogorov)('equals SciPy at $x', ({ x, survival }) => {
    expect(kolmogorovSurvival(x) / survival).toBeCloseTo(1, 12);
  });

  test('joins its two series without a step', () => {
    expect(kolmogorovSurvival(1 - 1e-12)).toBeCloseTo(kolmogorovSurvival(1), 11);
  });
});
