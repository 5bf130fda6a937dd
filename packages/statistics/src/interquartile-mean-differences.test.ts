import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bootstrapDifference, interquartileMean, interquartileMeanDifferences, type SamplePair } from './index.js';

const sample = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 9 });
const alike = fc.array(fc.nat(3), { minLength: 1, maxLength: 9 });
const several = fc.array(fc.record({ a: fc.oneof(sample, alike), b: fc.oneof(sample, alike), seed: fc.nat(2) }), {
  maxLength: 4,
});

describe('interquartileMeanDifferences(pairs)', () => {
  test('are those of samples that are put together and sorted, pair by pair', () => {
    fc.assert(
      fc.property(several, (pairs) => {
        const differences = interquartileMeanDifferences(pairs);
        pairs.forEach((pair, index) => {
          const { difference, interval } = bootstrapDifference({ ...pair, statistic: interquartileMean });
          expect(differences[index]!.difference).toBe(difference);
          expect(differences[index]!.interval.low).toBeCloseTo(interval.low, 10);
          expect(differences[index]!.interval.high).toBeCloseTo(interval.high, 10);
        });
      }),
      { numRuns: 20 },
    );
  });

  test('do not depend on which pairs share a sample', () => {
    const [a, b, c] = [
      [5, 9, 7, 8],
      [3, 4, 9, 1],
      [6, 2, 8, 8],
    ];
    const pairs: readonly SamplePair[] = [
      { a, b, seed: 1 },
      { a, b: c, seed: 1 },
      { a: b, b: c, seed: 1 },
    ];
    const copies = pairs.map((pair) => ({ ...pair, a: [...pair.a], b: [...pair.b] }));
    expect(interquartileMeanDifferences(pairs)).toEqual(interquartileMeanDifferences(copies));
  });
});
