import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import paper from './fixtures/statistics.json' with { type: 'json' };
import scipy from './fixtures/scipy.json' with { type: 'json' };
import { correlation, kendallTauB, ranks, spearmanOfRanks } from './index.js';

const pairs = fc
  .array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), {
    minLength: 2,
    maxLength: 30,
  })
  .map((points) => ({ x: points.map(([x]) => x), y: points.map(([, y]) => y) }))
  .filter(({ x, y }) => new Set(x).size > 1 && new Set(y).size > 1);

const allOf = (x: readonly number[], y: readonly number[]): Record<'pearson' | 'spearman' | 'kendall', number> => ({
  ...correlation(x, y),
  kendall: kendallTauB(x, y),
});

describe('correlation and kendallTauB', () => {
  test.each([
    ...scipy.rows.map((row) => ({ ...row, pairs: Math.min(row.a.length, row.b.length) })),
    ...paper.rows.map((row) => ({ ...row, pairs: 5 })),
  ])('equals SciPy on $pairs pairs', ({ a, b, pairs: count, pearson, spearman, kendall }) => {
    const [x, y] = [a.slice(0, count), b.slice(0, count)];
    const result = allOf(x, y);
    expect(result.pearson).toBeCloseTo(pearson, 12);
    expect(result.spearman).toBeCloseTo(spearman, 12);
    expect(spearmanOfRanks(ranks(x), ranks(y))).toBeCloseTo(spearman, 12);
    expect(result.kendall).toBeCloseTo(kendall, 12);
  });

  test('is symmetric, odd in each argument, and for ranks unmoved by an increasing map', () => {
    fc.assert(
      fc.property(pairs, ({ x, y }) => {
        const result = allOf(x, y);
        const swapped = allOf(y, x);
        const mirrored = allOf(
          x.map((value) => -value),
          y,
        );
        const mapped = allOf(
          x.map((value) => value ** 3),
          y,
        );
        for (const name of ['pearson', 'spearman', 'kendall'] as const) {
          expect(Math.abs(result[name])).toBeLessThanOrEqual(1 + 1e-12);
          expect(swapped[name]).toBeCloseTo(result[name], 12);
          expect(mirrored[name]).toBeCloseTo(-result[name], 12);
        }
        expect(mapped.spearman).toBeCloseTo(result.spearman, 12);
        expect(mapped.kendall).toBeCloseTo(result.kendall, 12);
      }),
    );
  });
});
