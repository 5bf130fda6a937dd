import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import paper from './fixtures/complexity-fits.json' with { type: 'json' };
import { correlation, fitLine, fitSquareRoot } from './index.js';

const points = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: -50, max: 50 })), { minLength: 2, maxLength: 30 })
  .map((pairs) => ({ x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y) }))
  .filter(({ x, y }) => new Set(x).size > 1 && new Set(y).size > 1);

describe('fitLine and fitSquareRoot', () => {
  test.each(paper.rows)('$model: equal to NumPy', ({ model, x, y, intercept, slope, r2 }) => {
    const fit = model === 'sqrt' ? fitSquareRoot(x, y) : fitLine(x, y);
    expect(fit.intercept).toBeCloseTo(intercept, 9);
    expect(fit.slope).toBeCloseTo(slope, 9);
    expect(fit.r2).toBeCloseTo(r2, 9);
  });

  test('leave residuals that sum to zero and are orthogonal to x, and r2 is the squared correlation', () => {
    fc.assert(
      fc.property(points, ({ x, y }) => {
        const { intercept, slope, r2 } = fitLine(x, y);
        const residuals = x.map((value, index) => y[index]! - intercept - slope * value);
        const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);
        expect(total(residuals)).toBeCloseTo(0, 7);
        expect(total(residuals.map((residual, index) => residual * x[index]!))).toBeCloseTo(0, 5);
        expect(r2).toBeCloseTo(correlation(x, y).pearson ** 2, 9);
      }),
    );
  });

  test('a flat y has slope 0 and is explained wholly', () => {
    expect(fitLine([1, 2, 4], [3, 3, 3])).toEqual({ intercept: 3, slope: 0, r2: 1 });
  });
});
