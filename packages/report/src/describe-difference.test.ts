import { describe, expect, test } from '@jest/globals';
import { madeArm, type MadeOutcome } from '@netspace/analysis/testing';
import { analysisOf } from './fixtures/made-analyses.js';
import { describeDifference } from './index.js';

type Errors = readonly MadeOutcome[];

/** What is said of B, C, ... beside A, whose errors come first. */
function differences(...errors: readonly Errors[]): string[] {
  const arms = errors.map((ofOne, index) =>
    madeArm(
      'ABC'[index]!,
      ofOne.map((error) => ({ error })),
    ),
  );
  const analysis = analysisOf(...arms);
  return analysis.comparisons.map((comparison) => describeDifference(comparison, analysis));
}

const difference = (a: Errors, b: Errors): string | undefined => differences(a, b)[0];

const from = (low: number, count: number): number[] => Array.from({ length: count }, (_, index) => low + index);

describe('describeDifference(comparison, analysis)', () => {
  test('says where the distributions are furthest apart, which is better there, and how likely that is', () => {
    // 6 against 6 without overlap: D = 1, p = 2 / C(12, 6) = 2 / 924.
    expect(difference(from(50, 6), from(10, 6))).toBe(
      'The error distributions of A (6 networks) and B (6) are furthest apart at 15.00 %: 100 % of B but 0 % of A ' +
        'have at most that error (D = 1.000, exact p = 0.002). Two samples of one distribution would rarely be so far ' +
        'apart; in these samples B has the larger share of good networks, whatever error counts as good.',
    );
    expect(difference(from(10, 6), from(50, 6))).toContain('in these samples A has the larger share');
  });

  test('says of how many networks of how many it speaks', () => {
    expect(difference([...from(50, 2), 'missing'], [...from(10, 2), 'failed'])).toContain(
      'A (2 of 3 networks) and B (2 of 3) are',
    );
  });

  test('calls no arm better where the curves cross', () => {
    expect(difference([5, ...from(50, 20)], from(10, 20))).toContain('depends on the error that counts as good');
  });

  test('claims no difference where chance would often make one', () => {
    // 3 against 3 without overlap: p = 2 / C(6, 3) = 0.1.
    const text = difference(from(50, 3), from(10, 3));
    expect(text).toContain('exact p = 0.100');
    expect(text).toContain('too often to conclude');
    expect(text).not.toContain('larger share of good networks');
  });

  test('says so where the distributions are the same', () => {
    expect(difference([1, 2], [2, 1])).toBe('A and B have the same error distribution.');
  });

  test('judges several comparisons by p-values adjusted for their number', () => {
    // 4 against 4 without overlap: p = 2 / C(8, 4) = 0.029, and twice that for the smaller of two.
    const [b, c] = differences(from(50, 4), from(10, 4), from(20, 4));
    for (const text of [b, c]) {
      expect(text).toContain('exact p = 0.029, adjusted p = 0.057');
      expect(text).toContain('too often to conclude');
    }
    expect(difference(from(50, 4), from(10, 4))).toContain('would rarely be so far apart');
  });
});
