import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mean } from 'mathjs';
import scipy from './fixtures/scipy.json' with { type: 'json' };
import { percentile, summarise } from './index.js';

const samples = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 50 });

describe('percentile', () => {
  test.each(scipy.percentiles)('equals NumPy on $values', ({ values, at }) => {
    for (const [p, value] of at) expect(percentile(Object.freeze(values), p!)).toBeCloseTo(value!, 12);
  });

  test('rises with p from the minimum to the maximum', () => {
    fc.assert(
      fc.property(samples, fc.nat(100), fc.nat(100), (values, p, q) => {
        expect(percentile(values, Math.min(p, q))).toBeLessThanOrEqual(percentile(values, Math.max(p, q)));
        expect(percentile(values, 0)).toBe(Math.min(...values));
        expect(percentile(values, 100)).toBe(Math.max(...values));
      }),
    );
  });
});

describe('summarise', () => {
  test('of the numbers 1 to 9', () => {
    expect(summarise([9, 1, 8, 2, 7, 3, 6, 4, 5])).toEqual({
      n: 9,
      min: 1,
      lowerQuartile: 3,
      median: 5,
      upperQuartile: 7,
      max: 9,
      mean: 5,
    });
  });

  test('its numbers are in order and its mean is the mean', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const { min, lowerQuartile, median, upperQuartile, max, mean: average } = summarise(values);
        const ordered = [min, lowerQuartile, median, upperQuartile, max];
        expect([...ordered].sort((a, b) => a - b)).toEqual(ordered);
        expect(average).toBeCloseTo(mean(values), 10);
      }),
    );
  });
});
