import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pairedDifferences, pairedEquivalence } from './index.js';

interface Reference {
  readonly pairs: readonly (readonly [number, number])[];
  readonly margin: number;
  readonly p: number;
}

const references = JSON.parse(
  readFileSync(new URL('./fixtures/paired-equivalence.json', import.meta.url), 'utf8'),
) as readonly Reference[];

describe('pairedEquivalence(pairs, margin)', () => {
  test.each(references)('is what SciPy says, of $pairs.length pairs', ({ pairs, margin, p }) => {
    expect(pairedEquivalence(pairs, margin) / p).toBeCloseTo(1, 9);
  });

  test('is below 0.05 where the 90 % interval of the mean lies within the margin, and only there', () => {
    const value = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 40 }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (pairs, margin) => {
          const { interval } = pairedDifferences(pairs, 0.9);
          const within = Math.max(-interval.low, interval.high) - margin;
          fc.pre(Math.abs(within) > 1e-9);
          expect(pairedEquivalence(pairs, margin) < 0.05).toBe(within < 0);
        },
      ),
    );
  });

  test('is certain where the differences do not vary', () => {
    const pairs = [1, 2, 3].map((value) => [value + 0.5, value] as const);
    expect(pairedEquivalence(pairs, 1)).toBe(0);
    expect(pairedEquivalence(pairs, 0.5)).toBe(1);
  });

  test('a margin that is none is refused', () => {
    expect(() =>
      pairedEquivalence(
        [
          [1, 2],
          [2, 3],
        ],
        0,
      ),
    ).toThrow('margin: got 0 (valid: a finite number above 0)');
  });
});
