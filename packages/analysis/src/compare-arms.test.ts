import { describe, expect, test } from '@jest/globals';
import type { ArmComparison } from '@netspace/contracts';
import { analyseStudy } from './index.js';
import { madeArm, type MadeOutcome, madeStudy } from './testing.js';

const from = (low: number, count: number): number[] => Array.from({ length: count }, (_, index) => low + index);

const armOf = (name: string, errors: readonly MadeOutcome[]): ReturnType<typeof madeArm> =>
  madeArm(
    name,
    errors.map((error) => ({ error })),
  );

const compared = (...arms: readonly ReturnType<typeof madeArm>[]): readonly ArmComparison[] =>
  analyseStudy(madeStudy(arms)).comparisons;

const pairs = (comparisons: readonly ArmComparison[]): string[] =>
  comparisons.map(({ first, other }) => `${first} ${other}`);

describe('the comparisons of a study', () => {
  test('hold the distance, where it is, and the exact chance of it', () => {
    // 6 against 6 without overlap: D = 1, p = 2 / C(12, 6) = 2 / 924.
    const [comparison] = compared(armOf('A', from(50, 6)), armOf('B', from(10, 6)));
    expect(comparison).toMatchObject({ first: 'A', other: 'B', test: { statistic: 1, at: 15, shares: [0, 1] } });
    expect(comparison!.p).toBeCloseTo(2 / 924, 9);
    expect(comparison!.adjustedP).toBe(comparison!.p);
  });

  test('adjust p for the number of comparisons', () => {
    // 4 against 4 without overlap: p = 2 / C(8, 4) = 2 / 70, and twice that for two.
    const comparisons = compared(armOf('A', from(50, 4)), armOf('B', from(10, 4)), armOf('C', from(20, 4)));
    expect(comparisons.map(({ p }) => p)).toEqual([expect.closeTo(2 / 70, 9), expect.closeTo(2 / 70, 9)]);
    expect(comparisons.map(({ adjustedP }) => adjustedP)).toEqual([
      expect.closeTo(4 / 70, 9),
      expect.closeTo(4 / 70, 9),
    ]);
  });

  test('count diverged networks', () => {
    const [comparison] = compared(armOf('A', from(10, 8)), armOf('B', ['diverged', ...from(10, 7)]));
    expect(comparison!.test.shares).toEqual([1, 7 / 8]);
  });

  test.each<[string, readonly MadeOutcome[], readonly MadeOutcome[], ArmComparison['dominates']]>([
    ['lies above', [1, 2, 3], [2, 3, 4], 'first'],
    ['lies below', [2, 3, 4], [1, 3, 4], 'other'],
    ['is the same', [1, 2], [2, 1], 'both'],
    ['crosses', [1, 9, 9], [2, 3, 10], 'neither'],
  ])('say whose curve lies nowhere below: the first %s', (_, first, other, dominates) => {
    expect(compared(armOf('A', first), armOf('B', other))[0]!.dominates).toBe(dominates);
  });

  /** `s/A`: space A in setting s. */
  const settingsOf = (...names: readonly string[]): ReturnType<typeof madeArm>[] =>
    names.map((name) => madeArm(name, [{ error: 1 }, { error: 2 }], name[0], name[2]));

  test('are of every arm with the first of its setting, and with its space in the first setting', () => {
    expect(pairs(compared(...settingsOf('s/A', 's/B', 't/A', 't/B', 'u/A', 'u/B')))).toEqual([
      's/A s/B',
      ...['s/A t/A', 't/A t/B', 's/B t/B'],
      ...['s/A u/A', 'u/A u/B', 's/B u/B'],
    ]);
  });

  test('are with the study’s first arm where there is one space', () => {
    expect(pairs(compared(...settingsOf('r/A', 's/A', 't/A')))).toEqual(['r/A s/A', 'r/A t/A']);
  });

  test('between settings adjust p, too', () => {
    // 4 against 4 without overlap: p = 2 / C(8, 4) = 2 / 70; of four comparisons two have it, the others p = 1.
    const setting = (name: string, low: number): ReturnType<typeof madeArm>[] =>
      ['A', 'B'].map((space) =>
        madeArm(
          `${name}/${space}`,
          from(low, 4).map((error) => ({ error })),
          name,
          space,
        ),
      );
    const comparisons = compared(...setting('s', 50), ...setting('t', 10));
    expect(
      Object.fromEntries(comparisons.map(({ first, other, adjustedP }) => [`${first} ${other}`, adjustedP])),
    ).toEqual({
      's/A s/B': 1,
      's/A t/A': expect.closeTo((4 * 2) / 70, 9),
      't/A t/B': 1,
      's/B t/B': expect.closeTo((4 * 2) / 70, 9),
    });
  });

  test('leave out arms without a result', () => {
    expect(pairs(compared(armOf('A', [1]), armOf('B', ['failed']), armOf('C', [2])))).toEqual(['A C']);
    expect(compared(armOf('A', ['failed']), armOf('B', [1]))).toEqual([]);
  });
});
