import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { edfAt, errorEdf, errorsOf } from './index.js';

const samples = fc.array(
  fc.integer({ min: 0, max: 200 }).map((tenths) => tenths / 2),
  { minLength: 1, maxLength: 40 },
);

describe('errorEdf', () => {
  test('has one step for each distinct error, ascending, from 0 to 1', () => {
    expect(errorEdf(Object.freeze([9, 5, 7, 5]))).toEqual([
      { error: 5, below: 0, atMost: 0.5 },
      { error: 7, below: 0.5, atMost: 0.75 },
      { error: 9, below: 0.75, atMost: 1 },
    ]);
  });

  test('rises at every step and agrees with edfAt at every error', () => {
    fc.assert(
      fc.property(samples, (errors) => {
        const steps = errorEdf(errors);
        steps.forEach((step, index) => {
          expect(step.atMost).toBeGreaterThan(step.below);
          expect(step.below).toBe(steps[index - 1]?.atMost ?? 0);
          expect(edfAt(errors, step.error)).toEqual({ below: step.below, atMost: step.atMost });
        });
        expect(steps.at(-1)!.atMost).toBe(1);
      }),
    );
  });
});

describe('edfAt', () => {
  test('is monotone in the point, and "at most" is one minus "below" of the negated sample', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: -5, max: 105 }), fc.nat(20), (errors, point, step) => {
        const here = edfAt(errors, point);
        const further = edfAt(errors, point + step);
        expect(further.below).toBeGreaterThanOrEqual(here.below);
        expect(further.atMost).toBeGreaterThanOrEqual(here.atMost);
        const negated = edfAt(
          errors.map((error) => -error),
          -point,
        );
        expect(here.atMost).toBeCloseTo(1 - negated.below, 12);
      }),
    );
  });
});

describe('errorsOf', () => {
  test('counts a diverged network as 100 %, and leaves out a failed one', () => {
    expect(
      errorsOf([{ status: 'diverged', error: 100 }, { status: 'failed' }, { status: 'completed', error: 4 }]),
    ).toEqual([100, 4]);
  });
});
