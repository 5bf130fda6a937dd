import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mean, min } from 'mathjs';
import { expectedBest, expectedBests } from './index.js';

const samples = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 9 });

/** Every choice of m items. */
function choices(items: readonly number[], m: number): number[][] {
  if (m === 0) return [[]];
  return items.flatMap((item, index) => choices(items.slice(index + 1), m - 1).map((rest) => [item, ...rest]));
}

describe('expectedBest', () => {
  test('is the mean over all choices of m networks of the lowest error', () => {
    fc.assert(
      fc.property(samples, fc.nat(), (errors, draw) => {
        const m = 1 + (draw % errors.length);
        const lowest = choices(errors, m).map((choice) => min(choice));
        expect(expectedBest(errors, m)).toBeCloseTo(mean(lowest), 9);
      }),
    );
  });

  test('falls from the mean at m = 1 to the minimum at m = n', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 300 }), (errors) => {
        const curve = errors.map((_, index) => expectedBest(errors, index + 1));
        expect(expectedBests(errors)).toEqual(curve);
        curve.slice(1).forEach((value, index) => expect(value).toBeLessThanOrEqual(curve[index]! + 1e-9));
        expect(curve[0]).toBeCloseTo(mean(errors), 9);
        expect(curve.at(-1)).toBeCloseTo(Math.min(...errors), 9);
      }),
    );
  });

  test('of thousands of errors 1 to n is (n + 1) / (m + 1), to its digits', () => {
    const n = 3000;
    const errors = Array.from({ length: n }, (_, index) => index + 1).reverse();
    expectedBests(errors).forEach((expected, index) => {
      expect(Math.abs((expected * (index + 2)) / (n + 1) - 1)).toBeLessThan(1e-11);
    });
  });

  test('chosen by something else is the mean over all choices of the error of the one chosen', () => {
    fc.assert(
      fc.property(samples, fc.nat(), (errors, draw) => {
        const m = 1 + (draw % errors.length);
        // Distinct, and in no order that the errors have.
        const chosenBy = errors.map((error, index) => ((7 * index + error) % 10) + index / 100);
        const chosen = choices([...errors.keys()], m).map(
          (choice) => errors[choice.reduce((best, one) => (chosenBy[one]! < chosenBy[best]! ? one : best))]!,
        );
        expect(expectedBest(errors, m, chosenBy)).toBeCloseTo(mean(chosen), 9);
      }),
    );
  });

  test('refuses as many values to choose by as there are no errors', () => {
    expect(() => expectedBest([1, 2], 1, [1])).toThrow('chosenBy: got 1 values (valid: 2, one for each error)');
  });
});
