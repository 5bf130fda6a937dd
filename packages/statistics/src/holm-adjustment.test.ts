import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { holmAdjustment } from './index.js';

/** From R's multtest, mt.rawp2adjp, as quoted by statsmodels 0123770 (statsmodels/stats/tests/test_multi.py, res_multtest1). */
const multtest: readonly [p: number, holm: number][] = [
  [5.23656777208e-5, 5.23656777208e-4],
  [2.8140506198e-4, 2.5326455578199999e-3],
  [1.49877310796e-2, 1.199018486368e-1],
  [2.02732688798e-2, 1.419128821586e-1],
  [0.177096952723, 1],
  [0.642193923795, 1],
  [0.680845947633, 1],
  [0.71626938238, 1],
  [0.838541367553, 1],
  [0.967833824309, 1],
];

/** The same, res_multtest3: ties among the adjusted ones. */
const tied: readonly [p: number, holm: number][] = [
  [0.001, 0.01],
  [0.002, 0.018],
  [0.003, 0.024],
  [0.004, 0.028],
  [0.005, 0.03],
  [0.05, 0.25],
  [0.06, 0.25],
  [0.07, 0.25],
  [0.08, 0.25],
  [0.09, 0.25],
];

describe('holmAdjustment(pValues)', () => {
  test.each([
    ['multtest', multtest],
    ['tied', tied],
  ])('equals R, %s', (_, pairs) => {
    const adjusted = holmAdjustment(Object.freeze(pairs.map(([p]) => p)));
    for (const [index, [, holm]] of pairs.entries()) expect(adjusted[index]).toBeCloseTo(holm, 14);
  });

  test('leaves a single p-value as it is', () => {
    expect(holmAdjustment([0.04])).toEqual([0.04]);
  });

  test('keeps the order of its input, whatever that is', () => {
    const shuffled = fc.shuffledSubarray([...multtest], { minLength: multtest.length });
    fc.assert(
      fc.property(shuffled, (pairs) => {
        const adjusted = holmAdjustment(pairs.map(([p]) => p));
        for (const [index, [, holm]] of pairs.entries()) expect(adjusted[index]).toBeCloseTo(holm, 14);
      }),
    );
  });

  test('rejects just what the step-down procedure rejects', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, fc.double({ min: 1e-3, max: 0.5, noNaN: true }), (pValues, level) => {
        const ascending = [...pValues].sort((a, b) => a - b);
        const kept = ascending.findIndex((p, rank) => (pValues.length - rank) * p > level);
        const rejected = kept < 0 ? pValues.length : kept;
        expect(holmAdjustment(pValues).filter((p) => p <= level)).toHaveLength(rejected);
      }),
    );
  });

  test.each([
    [[], 'pValues: got 0 values'],
    [[0.5, 1.2], 'pValues[1]: got 1.2 (valid: a probability, 0 to 1)'],
    [[Number.NaN], 'pValues[0]: got NaN'],
  ])('refuses %j', (pValues, message) => {
    expect(() => holmAdjustment(pValues)).toThrow(message);
  });
});
