import { describe, expect, test } from '@jest/globals';
import reference from './fixtures/refinement.json' with { type: 'json' };
import { fitRidge } from './ridge-regression.js';

describe('fitRidge(x, y)', () => {
  test.each(reference.ridge)('equals scikit-learn, which leaves each point out in turn: $y.length points', (row) => {
    const fit = fitRidge(row.x, row.y);
    expect(fit.penalty / row.penalty).toBeCloseTo(1, 8);
    expect(fit.r2).toBeCloseTo(row.r2, 8);
    row.points.forEach((point, index) => expect(fit.predict(point)).toBeCloseTo(row.predicted[index]!, 7));
  });

  test('predicts the mean where nothing varies or nothing explains', () => {
    const constant = fitRidge([[1], [1], [1]], [2, 3, 7]);
    expect([constant.r2, constant.predict([9])]).toEqual([0, 4]);
    const same = fitRidge([[1], [2], [3]], [5, 5, 5]);
    expect([same.r2, same.predict([9])]).toEqual([0, 5]);
  });

  test('predicts the mean where every fit to the others is worse', () => {
    const x = [[1], [2], [3], [4], [5], [6]];
    const fit = fitRidge(x, [1, 9, 1, 9, 1, 9]);
    expect([fit.r2, fit.penalty, fit.predict([20])]).toEqual([0, Infinity, 5]);
  });

  test('does not mind a column that does not vary', () => {
    const y = [1, 3, 5, 7.5];
    const one = fitRidge([[0], [1], [2], [3]], y);
    const two = fitRidge(
      [
        [0, 8],
        [1, 8],
        [2, 8],
        [3, 8],
      ],
      y,
    );
    expect(two.predict([4, 99])).toBe(one.predict([4]));
  });

  test.each([
    [[[1], [2]], [1, 2], 'y: got 2 values (valid: at least 3)'],
    [[[1], [2], [3]], [1, 2, 3, 4], 'x: got 3 points (valid: 4, one for each y)'],
    [[[1], [2, 2], [3]], [1, 2, 3], 'x[1]: got 2 numbers (valid: 1)'],
    [[[1], [NaN], [3]], [1, 2, 3], 'x[1][0]: got NaN (valid: a finite number)'],
  ])('refuses what is no table: %j %j', (x, y, message) => {
    expect(() => fitRidge(x, y)).toThrow(message);
  });
});
