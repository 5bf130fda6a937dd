import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import fc from 'fast-check';
import { betaCdf } from './beta-distribution.js';
import paper from './fixtures/population-statistics.json' with { type: 'json' };
import reference from './fixtures/population-scipy.json' with { type: 'json' };
import { orderStatisticsWithin } from './order-statistics-within.js';
import { dkwHalfWidth, edfAt, edfBand, ksHalfWidth, learnedMillerBand } from './index.js';

const kinds = ['learned-miller', 'dkw', 'ks'] as const;
const samples = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 40 });

describe('orderStatisticsWithin(lower, upper)', () => {
  test.each(reference.within)('equals a determinant in exact fractions: $chance', ({ lower, upper, chance }) => {
    const actual = orderStatisticsWithin(Float64Array.from(lower), Float64Array.from(upper));
    expect(Math.abs(actual - chance)).toBeLessThanOrEqual(1e-11 * chance);
  });

  test('is 1 without bounds, 0 where bounds exclude each other, and the volume of a box where they do not overlap', () => {
    const all = (n: number, value: number): Float64Array => new Float64Array(n).fill(value);
    expect(orderStatisticsWithin(all(700, 0), all(700, 1))).toBeCloseTo(1, 11);
    expect(orderStatisticsWithin(Float64Array.of(0.5), Float64Array.of(0.4))).toBe(0);
    expect(orderStatisticsWithin(Float64Array.of(0.1, 0.6), Float64Array.of(0.4, 0.8))).toBeCloseTo(2 * 0.3 * 0.2, 14);
  });
});

describe('learnedMillerBand(n, confidence)', () => {
  test.each(paper.rows)('equals the reference for $x.length values', ({ x, confidence, learned_miller }) => {
    const band = learnedMillerBand(x.length, confidence);
    expect(band.tail).toBeCloseTo(learned_miller.tail, 11);
    band.lower.forEach((bound, index) => expect(bound).toBeCloseTo(learned_miller.lower[index]!, 11));
    band.upper.forEach((bound, index) => expect(bound).toBeCloseTo(learned_miller.upper[index]!, 11));
  });

  test('breaks each of its bounds with the same chance', () => {
    const { tail, lower, upper } = learnedMillerBand(60, 0.9);
    lower.forEach((bound, index) => expect(betaCdf(bound, index + 1, 60 - index)).toBeCloseTo(tail, 11));
    upper.forEach((bound, index) => expect(1 - betaCdf(bound, index + 1, 60 - index)).toBeCloseTo(tail, 11));
  });
});

describe('the bands of constant width', () => {
  test.each(paper.rows)('equal the reference for $x.length values', (row) => {
    expect(dkwHalfWidth(row.x.length, row.confidence)).toBeCloseTo(row.dkw_half_width, 14);
    expect(ksHalfWidth(row.x.length, row.confidence)).toBeCloseTo(row.ks_half_width, 11);
  });

  test.each(reference.ks)('ksHalfWidth($n, $confidence) equals SciPy', ({ n, confidence, half_width }) => {
    expect(ksHalfWidth(n, confidence)).toBeCloseTo(half_width, 11);
  });

  test('the exact width is below that of Dvoretzky, Kiefer and Wolfowitz, and approaches it', () => {
    const ratios = [5, 50, 500].map((n) => ksHalfWidth(n, 0.95) / dkwHalfWidth(n, 0.95));
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
    expect(ratios[2]).toBeGreaterThan(0.99);
    expect(ratios[2]).toBeLessThan(1);
  });
});

describe('edfBand(errors, { kind, confidence })', () => {
  test.each(kinds)('%s: holds the EDF, rises, and stays in [0, 1]', (kind) => {
    fc.assert(
      fc.property(samples, fc.constantFrom(0.5, 0.95), (errors, confidence) => {
        const band = edfBand(Object.freeze(errors), { kind, confidence });
        let last = { lower: 0, upper: band.below };
        for (const { error, lower, upper } of band.steps) {
          expect(lower).toBeLessThan(edfAt(errors, error).atMost);
          expect(upper).toBeGreaterThanOrEqual(edfAt(errors, error).atMost);
          expect(lower).toBeGreaterThanOrEqual(last.lower);
          expect(upper).toBeGreaterThanOrEqual(last.upper);
          last = { lower, upper };
        }
        expect(last.upper).toBe(1);
      }),
      { numRuns: 40 },
    );
  });

  test.each(['dkw', 'ks'] as const)('%s: is as wide on both sides everywhere', (kind) => {
    const errors = [9, 4, 7, 7, 5, 12];
    const halfWidth = kind === 'dkw' ? dkwHalfWidth(6, 0.6) : ksHalfWidth(6, 0.6);
    const band = edfBand(errors, { kind, confidence: 0.6 });
    for (const { error, lower, upper } of band.steps) {
      const { atMost } = edfAt(errors, error);
      expect(lower).toBeCloseTo(Math.max(0, atMost - halfWidth), 12);
      expect(upper).toBeCloseTo(Math.min(1, atMost + halfWidth), 12);
    }
    expect(band.below).toBeCloseTo(halfWidth, 12);
  });

  test.each(kinds)('%s: gives errors that tie the bounds of their first and their last', (kind) => {
    const { below, steps } = edfBand([1, 2, 3, 4, 5, 6], { kind });
    const tied = edfBand([7, 9, 7, 9, 8, 9], { kind });
    expect(tied.below).toBe(below);
    expect(tied.steps).toEqual([
      { ...steps[1], error: 7 },
      { ...steps[2], error: 8 },
      { ...steps[5], error: 9 },
    ]);
  });

  test.each(kinds)('%s: holds a whole distribution function with its confidence', (kind) => {
    // The band depends on the ranks alone, so that one serves all samples of as many values.
    const [n, confidence, sets] = [200, 0.9, 1000];
    const ranks = Array.from({ length: n }, (_, index) => index);
    const { below, steps } = edfBand(ranks, { kind, confidence });
    const random = openRandom(8, 'errors', kind);
    const held = Array.from({ length: sets }, () => {
      // F(e) of the errors is uniform, whatever F is.
      const shares = Float64Array.from(ranks, () => random.uniform()).sort();
      return shares.every((share, i) => steps[i]!.lower <= share && share <= (steps[i - 1]?.upper ?? below));
    }).filter(Boolean).length;
    // Four standard deviations of a share of 1,000.
    expect(held / sets).toBeGreaterThan(confidence - 0.038);
    expect(held / sets).toBeLessThan(confidence + 0.038);
  });
});
