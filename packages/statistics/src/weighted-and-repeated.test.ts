import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import fc from 'fast-check';
import { mean } from 'mathjs';
import paper from './fixtures/population-statistics.json' with { type: 'json' };
import reference from './fixtures/population-scipy.json' with { type: 'json' };
import { errorEdf, largestEdfDistance, twoSampleKolmogorovSmirnov, varianceComponents, weightedEdf } from './index.js';

const samples = fc.array(fc.integer({ min: -15, max: 15 }), { minLength: 1, maxLength: 20 });

describe('varianceComponents(table)', () => {
  test.each(paper.rows)('equals the reference for $replicates.table.length networks', ({ replicates }) => {
    const { within, between, icc } = varianceComponents(replicates.table);
    expect(within).toBeCloseTo(replicates.within, 9);
    expect(between).toBeCloseTo(replicates.between, 9);
    expect(icc).toBeCloseTo(replicates.icc, 11);
  });

  test.each(reference.components)('equals quadratic forms set to their expectations (NumPy): %#', (row) => {
    const { within, between, icc } = varianceComponents(row.table);
    expect(within).toBeCloseTo(row.within, 9);
    expect(between).toBeCloseTo(row.between, 9);
    expect(icc).toBeCloseTo(row.icc, 11);
  });

  test('is unbiased where groups differ in size', () => {
    const random = openRandom(4, 'components');
    const sizes = [2, 1, 1, 4, 2, 1, 3, 1, 2, 1];
    const results = Array.from({ length: 1500 }, () =>
      varianceComponents(
        sizes.map((size) => {
          const network = 3 * random.normal();
          return Array.from({ length: size }, () => network + random.normal());
        }),
      ),
    );
    // Four standard errors of the means.
    expect(Math.abs(mean(results.map(({ within }) => within)) - 1)).toBeLessThan(0.06);
    expect(Math.abs(mean(results.map(({ between }) => between)) - 9)).toBeLessThan(0.5);
  });

  test('has a between variance of 0 where groups are closer than repeats, and no icc where nothing varies', () => {
    expect(
      varianceComponents([
        [1, 9],
        [2, 8.5],
      ]),
    ).toMatchObject({ between: 0, icc: 0 });
    expect(varianceComponents([[4, 4], [4]])).toEqual({ within: 0, between: 0, icc: null });
    expect(
      varianceComponents([
        [1, 1],
        [3, 3],
      ]),
    ).toEqual({ within: 0, between: 2, icc: 1 });
  });
});

describe('weightedEdf({ errors, weights })', () => {
  test.each(paper.rows)('equals the reference for $x.length and $y.length errors', ({ x, y, weighted }) => {
    const a = weightedEdf({ errors: Object.freeze(x), weights: Object.freeze(weighted.x_weights) });
    const b = weightedEdf({ errors: y, weights: weighted.y_weights });
    [a, b].forEach((edf, index) => {
      expect(edf.mean).toBeCloseTo(weighted.means[index]!, 11);
      expect(edf.effectiveSize).toBeCloseTo(weighted.effective_n[index]!, 11);
    });
    expect(largestEdfDistance(a.steps, b.steps).distance).toBeCloseTo(weighted.ks, 12);
  });

  test('is the EDF of errors that are there as often as they weigh', () => {
    const repeated = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 4 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(repeated, (pairs) => {
        const weights = pairs.map(([, weight]) => weight);
        fc.pre(weights.some((weight) => weight > 0));
        const all = pairs.flatMap(([error, weight]) => new Array<number>(weight).fill(error));
        const result = weightedEdf({ errors: pairs.map(([error]) => error), weights });
        expect(result.mean).toBeCloseTo(mean(all), 9);
        const expected = errorEdf(all);
        // An error without weight is a step of no height.
        const steps = result.steps.filter(({ below, atMost }) => below < atMost);
        expect(steps.map(({ error }) => error)).toEqual(expected.map(({ error }) => error));
        steps.forEach(({ atMost }, index) => expect(atMost).toBeCloseTo(expected[index]!.atMost, 12));
        expect(result.effectiveSize).toBeLessThanOrEqual(pairs.length + 1e-9);
      }),
    );
  });

  test('has as many effective errors as errors where all weigh the same', () => {
    expect(weightedEdf({ errors: [1, 2, 3, 4], weights: [7, 7, 7, 7] }).effectiveSize).toBe(4);
  });
});

describe('largestEdfDistance(a, b)', () => {
  test('of unweighted EDFs is the Kolmogorov-Smirnov statistic, and where it is', () => {
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        const { distance, at } = largestEdfDistance(errorEdf(a), errorEdf(b));
        const test = twoSampleKolmogorovSmirnov(a, b);
        expect(distance).toBeCloseTo(test.statistic, 12);
        const there = [a, b].map((values) => values.filter((value) => value <= at).length / values.length);
        expect(Math.abs(there[0]! - there[1]!)).toBeCloseTo(distance, 12);
      }),
    );
  });
});
