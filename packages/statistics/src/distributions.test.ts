import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import reference from './fixtures/population-scipy.json' with { type: 'json' };
import { betaCdf, betaQuantile } from './beta-distribution.js';
import { findRoot } from './find-root.js';
import { normalQuantile, normalSurvival } from './normal-distribution.js';
import { tTwoSidedP, tTwoSidedQuantile } from './t-distribution.js';

const probabilities = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });

describe('normalSurvival(z)', () => {
  test.each(reference.normal)('equals mpmath at $z', ({ z, survival }) => {
    expect(normalSurvival(z) / survival).toBeCloseTo(1, 12);
  });

  test('is undone by normalQuantile(p)', () => {
    fc.assert(
      fc.property(probabilities, (p) => {
        expect((1 - normalSurvival(normalQuantile(p))) / p).toBeCloseTo(1, 6);
        expect(normalSurvival(-normalQuantile(p)) / p).toBeCloseTo(1, 11);
      }),
    );
  });
});

describe('betaCdf(x, a, b)', () => {
  test.each(reference.beta)('equals mpmath at x = $x, a = $a, b = $b', ({ x, a, b, cdf }) => {
    expect(Math.abs(betaCdf(x, a, b) - cdf)).toBeLessThanOrEqual(1e-11 * cdf + 1e-300);
  });

  test('is undone by betaQuantile(p, a, b)', () => {
    const shapes = fc.double({ min: 0.5, max: 600, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.9, noNaN: true }), shapes, shapes, (p, a, b) => {
        expect(betaCdf(betaQuantile(p, a, b), a, b) / p).toBeCloseTo(1, 10);
      }),
    );
  });

  test('is 0 at 0, 1 at 1, and x itself where a = b = 1', () => {
    expect([betaCdf(0, 2, 3), betaCdf(1, 2, 3)]).toEqual([0, 1]);
    fc.assert(fc.property(probabilities, (x) => expect(betaCdf(x, 1, 1)).toBeCloseTo(x, 12)));
  });
});

describe('tTwoSidedP(t, freedom)', () => {
  test.each(reference.t)('equals mpmath at t = $t with $freedom degrees of freedom', ({ t, freedom, p }) => {
    expect(Math.abs(tTwoSidedP(t, freedom) - p)).toBeLessThanOrEqual(1e-11 * p);
    expect(tTwoSidedP(-t, freedom)).toBe(tTwoSidedP(t, freedom));
  });

  test('is undone by tTwoSidedQuantile(confidence, freedom)', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1 - 1e-6, noNaN: true }),
        fc.double({ min: 1, max: 500, noNaN: true }),
        (confidence, freedom) => {
          const p = tTwoSidedP(tTwoSidedQuantile(confidence, freedom), freedom);
          expect(p / (1 - confidence)).toBeCloseTo(1, 9);
        },
      ),
    );
  });
});

describe('findRoot(f, from, to)', () => {
  test.each<[string, (x: number) => number, number, number, number]>([
    ['a line', (x) => x - 0.3, 0, 1, 0.3],
    ['a function with a flat side', (x) => x ** 9 - 1e-9, 0, 1, 0.1],
    ['a falling function', (x) => Math.exp(-x) - 0.5, 10, 0, Math.LN2],
    ['a step', (x) => (x < 0.7 ? -1 : 1), 0, 1, 0.7],
    ['a root at the start', (x) => x, 0, 1, 0],
    ['a root at the end', (x) => x - 1, 0, 1, 1],
    ['an interval of no width', () => 0, 2, 2, 2],
  ])('finds the root of %s', (_, f, from, to, root) => {
    expect(findRoot(f, from, to)).toBeCloseTo(root, 12);
  });
});
