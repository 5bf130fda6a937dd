import { describe, expect, test } from '@jest/globals';
import { compareWithFirst, describeDifference } from './compare-spaces.js';
import { madeSpace, madeStudy } from './fixtures/made-study.js';
import { viewStudy } from './study-view.js';

type Errors = readonly (number | 'diverged' | 'failed')[];

/** What is said of B, C, ... beside A, whose errors come first. */
function differences(...errors: readonly Errors[]): string[] {
  const spaces = errors.map((ofOne, index) =>
    madeSpace(
      'ABC'[index]!,
      ofOne.map((error) => ({ error })),
    ),
  );
  return compareWithFirst(viewStudy(madeStudy(spaces)).spaces).map(describeDifference);
}

const difference = (a: Errors, b: Errors): string | undefined => differences(a, b)[0];

const from = (low: number, count: number): number[] => Array.from({ length: count }, (_, index) => low + index);

describe('describeDifference', () => {
  test('says where the distributions are furthest apart, which is better there, and how likely that is', () => {
    // 6 against 6 without overlap: D = 1, p = 2 / C(12, 6) = 2 / 924.
    expect(difference(from(50, 6), from(10, 6))).toBe(
      'The error distributions of A (6 networks) and B (6) are furthest apart at 15.00 %: 100 % of B but 0 % of A ' +
        'have at most that error (D = 1.000, exact p = 0.002). Two samples of one distribution would rarely be so far ' +
        'apart; in these samples B has the larger share of good networks, whatever error counts as good.',
    );
  });

  test('calls no space better where the curves cross', () => {
    expect(difference([5, ...from(50, 20)], from(10, 20))).toContain('depends on the error that counts as good');
  });

  test('claims no difference where chance would often make one', () => {
    // 3 against 3 without overlap: p = 2 / C(6, 3) = 0.1.
    const text = difference(from(50, 3), from(10, 3));
    expect(text).toContain('exact p = 0.100');
    expect(text).toContain('too often to conclude');
    expect(text).not.toContain('larger share of good networks');
  });

  test('counts diverged networks', () => {
    expect(difference(from(10, 8), ['diverged', ...from(10, 7)])).toContain('88 % of B');
  });

  test('says so where the distributions are the same', () => {
    expect(difference([1, 2], [2, 1])).toBe('A and B have the same error distribution.');
  });

  test('has nothing to say where a space has no errors', () => {
    expect(differences([1, 2], ['failed'])).toEqual([]);
    expect(differences(['failed'], [1, 2])).toEqual([]);
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
