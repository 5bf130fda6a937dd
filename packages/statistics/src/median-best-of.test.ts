import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import fc from 'fast-check';
import { edfBand, errorEdf, medianBestOf } from './index.js';

const stepsOf = (errors: readonly number[]): { error: number; share: number }[] =>
  errorEdf(errors).map(({ error, atMost }) => ({ error, share: atMost }));

/** Every sequence of m of the items. */
function sequences(items: readonly number[], m: number): number[][] {
  return m === 0 ? [[]] : sequences(items, m - 1).flatMap((rest) => items.map((item) => [...rest, item]));
}

describe('medianBestOf(steps, m)', () => {
  test('is the lower median of the lowest error of every sequence of m networks', () => {
    const samples = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 4 }), (errors, m) => {
        const lowest = sequences(errors, m)
          .map((sequence) => Math.min(...sequence))
          .sort((a, b) => a - b);
        expect(medianBestOf(stepsOf(errors), m)).toBe(lowest[Math.ceil(lowest.length / 2) - 1]);
      }),
    );
  });

  test('of a band holds the whole curve of the space in 95 % of populations', () => {
    const random = openRandom(3, 'curves');
    const [networks, runs] = [24, 600];
    // Errors uniform in [0, 1]: the lowest of m is below x with chance 1 - (1 - x)^m.
    const truth = (m: number): number => 1 - 0.5 ** (1 / m);
    const held = Array.from({ length: runs }, () => {
      const { below, steps } = edfBand(Array.from({ length: networks }, () => random.uniform()));
      const upper = [{ error: 0, share: below }, ...steps.map(({ error, upper: share }) => ({ error, share }))];
      const lower = steps.map(({ error, lower: share }) => ({ error, share }));
      return Array.from({ length: networks }, (_, index) => index + 1).every(
        (m) => medianBestOf(upper, m) <= truth(m) && truth(m) <= medianBestOf(lower, m),
      );
    }).filter(Boolean).length;
    // At least 95 %, for not every point of the band bounds a median: four standard errors below.
    expect(held / runs).toBeGreaterThan(0.95 - 0.036);
  });

  test('is Infinity where the shares do not reach so far, and refuses an m that is no number of networks', () => {
    expect(medianBestOf([{ error: 1, share: 0.4 }], 1)).toBe(Infinity);
    expect(() => medianBestOf([], 0)).toThrow('m: got 0 (valid: an integer of at least 1)');
  });
});
