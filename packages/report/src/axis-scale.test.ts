import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { axisScale, axisTicks, logarithmicScale } from './axis-scale.js';

describe('axisScale(values)', () => {
  test.each([
    ['evenly spread', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'linear'],
    ['powers of two', [1, 2, 4, 8, 16, 32], 'log'],
    ['a factor below 4', [10, 11, 12, 39], 'linear'],
    ['with a zero', [0, 1, 2, 4, 800], 'linear'],
    ['all equal', [5, 5], 'linear'],
  ])('%s', (_, values, type) => {
    expect(axisScale(values).type).toBe(type);
  });

  test('has every value inside its domain', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, (sample) => {
        const [low, high] = axisScale(sample).domain;
        expect(low).toBeLessThan(high);
        for (const value of sample) {
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(high);
        }
      }),
    );
  });

  test('does not reach below zero for values that do not', () => {
    expect(axisScale([0, 1, 2]).domain[0]).toBe(0);
    expect(axisScale([-1, 1, 2]).domain[0]).toBeLessThan(-1);
  });
});

describe('axisTicks(values, scale)', () => {
  test('marks few whole numbers one by one', () => {
    const values = [4, 1, 2, 2, 1];
    expect(axisTicks(values, axisScale(values))).toEqual([1, 2, 4]);
  });

  test.each([
    [8.5, 1310, [10, 20, 50, 100, 200, 500, 1000]],
    [6.2, 89.5, [10, 20, 50]],
    [8, 33, [10, 15, 20, 30]],
    [1.9, 4e6, [10, 100, 1000, 10_000, 100_000, 1_000_000]],
  ])('marks a logarithmic axis from %d to %d at round numbers', (low, high, ticks) => {
    const values = Array.from({ length: 30 }, (_, index) => low * (high / low) ** (index / 29));
    expect(axisTicks(values, logarithmicScale(values))).toEqual(ticks);
  });

  test('leaves a linear axis to the chart library', () => {
    const values = Array.from({ length: 30 }, (_, index) => 3 + 7 * index);
    expect(axisTicks(values, axisScale(values))).toBeUndefined();
  });
});
