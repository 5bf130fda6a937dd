import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import fc from 'fast-check';
import reference from './fixtures/refinement.json' with { type: 'json' };
import { anytimeMeanInterval, anytimeMultiple } from './index.js';

const options = { confidence: 0.95, narrowAt: 40 };

describe('anytimeMeanInterval(evidence, options)', () => {
  test.each(reference.multiples)(
    'leaves out what a Bayes factor by numerical integration leaves out: $n values at $confidence',
    ({ multiple, n, ...asked }) => {
      expect(anytimeMultiple(n, asked)).toBeCloseTo(multiple, 6);
      const { low, high } = anytimeMeanInterval({ n, mean: 5, variance: 9 }, asked);
      expect(high - 5).toBeCloseTo((3 * multiple) / Math.sqrt(n), 6);
      expect(5 - low).toBeCloseTo((3 * multiple) / Math.sqrt(n), 6);
    },
  );

  test('says nothing of too few values', () => {
    const nothing = { low: -Infinity, high: Infinity };
    expect(anytimeMeanInterval({ n: 0, mean: NaN, variance: NaN }, options)).toEqual(nothing);
    expect(anytimeMeanInterval({ n: 1, mean: 3, variance: NaN }, options)).toEqual(nothing);
    expect(anytimeMeanInterval({ n: 3, mean: 3, variance: 1 }, options)).toEqual(nothing);
  });

  test('widens with the confidence, and shifts and scales with the values', () => {
    const evidence = fc.record({
      n: fc.integer({ min: 12, max: 5000 }),
      mean: fc.double({ min: -100, max: 100, noNaN: true }),
      variance: fc.double({ min: 0.01, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(evidence, ({ n, mean, variance }) => {
        const wide = anytimeMeanInterval({ n, mean, variance }, { ...options, confidence: 0.99 });
        const narrow = anytimeMeanInterval({ n, mean, variance }, options);
        expect(wide.low).toBeLessThan(narrow.low);
        const scaled = anytimeMeanInterval({ n, mean: 2 * mean + 1, variance: 4 * variance }, options);
        expect(scaled.high).toBeCloseTo(2 * narrow.high + 1, 8);
      }),
    );
  });

  // Looked at after every value from the first that says something: an interval for a fixed number of values misses the mean
  // at some time in most of these runs.
  test.each([
    ['normal', (normal: () => number) => normal()],
    ['differences of skewed', (normal: () => number) => Math.exp(normal()) - Math.exp(normal())],
    ['with rare outliers', (normal: () => number) => normal() + (normal() > 2 ? 3 : 0) - 3 * 0.02275],
  ])('holds the mean of %s values at all times in 95 %% of the runs', (name, draw) => {
    const runs = 1000;
    const random = openRandom(1, 'anytime', name);
    let missed = 0;
    for (let run = 0; run < runs; run++) if (everMisses(() => draw(() => random.normal()), 300)) missed++;
    expect(missed / runs).toBeLessThanOrEqual(0.05);
    expect(missed).toBeGreaterThan(0);
  });

  test.each([
    [{ n: -1, mean: 0, variance: 1 }, options, 'n: got -1 (valid: an integer of at least 0)'],
    [{ n: 9, mean: 0, variance: -1 }, options, 'variance: got -1 (valid: a number of at least 0)'],
    [{ n: 9, mean: 0, variance: 1 }, { ...options, narrowAt: 0 }, 'narrowAt: got 0 (valid: a number above 0)'],
    [{ n: 9, mean: 0, variance: 1 }, { ...options, confidence: 1 }, 'confidence: got 1'],
  ])('refuses what is no evidence or option: %j %j', (evidence, asked, message) => {
    expect(() => anytimeMeanInterval(evidence, asked)).toThrow(message);
  });
});

/** Whether the interval ever leaves out the mean, 0, of values that are added one by one. */
function everMisses(draw: () => number, most: number): boolean {
  let [n, mean, squares] = [0, 0, 0];
  while (n < most) {
    const value = draw();
    const before = value - mean;
    mean += before / ++n;
    squares += before * (value - mean);
    const { low, high } = anytimeMeanInterval({ n, mean, variance: squares / (n - 1) }, options);
    if (low > 0 || high < 0) return true;
  }
  return false;
}
