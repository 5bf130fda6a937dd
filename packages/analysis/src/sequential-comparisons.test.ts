import { describe, expect, test } from '@jest/globals';
import type { TrainingRecord } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { MeanConfidenceSequence } from '@netspace/statistics';
import { type FollowedArm, SequentialComparisons } from './index.js';
import { madeArm, type MadeOutcome } from './testing.js';

const rule = { halfWidth: 5, confidence: 0.95 };

/** An arm whose results are those of its own name's conditions, and its records. */
function followed(
  name: string,
  errors: readonly (MadeOutcome | readonly MadeOutcome[])[],
  setting = 'base',
  space = name,
): { readonly arm: FollowedArm; readonly records: readonly TrainingRecord[] } {
  const { population, records, replicates } = madeArm(
    name,
    errors.map((error) => ({ error })),
  );
  const { networks } = population;
  return {
    arm: { name, setting, space, conditions: name, networks, trainingsOf: () => replicates },
    records: records.map((record) => ({ ...record, conditions: name })),
  };
}

function comparisonsOf(
  arms: readonly ReturnType<typeof followed>[],
  records = arms.flatMap((one) => one.records),
): SequentialComparisons {
  const followedArms = arms.map(({ arm }) => arm);
  const comparisons = new SequentialComparisons(followedArms, 'first', rule);
  records.forEach((record) => comparisons.add(record));
  return comparisons;
}

describe('SequentialComparisons', () => {
  const random = openRandom(1, 'followed');
  const drawn = (count: number, lowest: number): number[] =>
    Array.from({ length: count }, () => lowest + 6 * random.uniform());
  const [a, b] = [drawn(200, 20), drawn(200, 12)];

  test('compare by the confidence sequence of the differences of networks of the same index', () => {
    const comparisons = comparisonsOf([followed('A', a), followed('B', b)]);
    const sequence = new MeanConfidenceSequence({ range: { low: -100, high: 100 }, ...rule });
    a.forEach((error, index) => sequence.add(error - b[index]!));
    expect(comparisons.comparisons).toEqual([{ first: 'A', other: 'B', networks: 200, interval: sequence.interval }]);
    expect(comparisons.areNarrow).toBe(true);
  });

  test('do not depend on the order of records', () => {
    const arms = [followed('A', a), followed('B', b)];
    const records = arms.flatMap((one) => one.records);
    expect(comparisonsOf(arms, records.toReversed()).comparisons).toEqual(comparisonsOf(arms).comparisons);
  });

  test('a network counts when all before it, and all of its own trainings, are there', () => {
    const twice = [
      [10, 12],
      [11, 11],
      [12, 13],
      [9, 9],
    ] as const;
    const withGap = comparisonsOf([followed('A', [20, 'missing', 22, 23]), followed('B', twice)]);
    expect(withGap.comparisons[0]!.networks).toBe(1);
    const partly = followed('B', [twice[0], twice[1], [12, 'missing'], twice[3]]);
    expect(comparisonsOf([followed('A', [20, 21, 22, 23]), partly]).comparisons[0]!.networks).toBe(2);
  });

  test('a diverged network counts as 100 %, a pair with one that could not be trained is passed over', () => {
    const withFailure = comparisonsOf([followed('A', [20, 'failed', 22]), followed('B', [10, 11, 'diverged'])]);
    const without = comparisonsOf([followed('A', [20, 22]), followed('B', [10, 100])]);
    expect(withFailure.comparisons).toEqual(without.comparisons);
    expect(withFailure.comparisons[0]!.networks).toBe(2);
  });

  test('are those of the study: within a setting as it says, and of a space across settings', () => {
    const arms = [
      followed('A', [20]),
      followed('B', [10]),
      followed('C', [10]),
      followed('more/A', [20], 'more', 'A'),
      followed('more/B', [10], 'more', 'B'),
    ];
    expect(comparisonsOf(arms).comparisons.map(({ first, other }) => [first, other])).toEqual([
      ['A', 'B'],
      ['A', 'C'],
      ['A', 'more/A'],
      ['more/A', 'more/B'],
      ['B', 'more/B'],
    ]);
  });

  test('are narrow when the widest is, and wide before the first pair', () => {
    const arms = [followed('A', a), followed('B', b), followed('C', b.slice(0, 2))];
    const { comparisons, areNarrow } = comparisonsOf(arms);
    expect([comparisons[1]!.networks, areNarrow]).toEqual([2, false]);
    expect(comparisonsOf(arms, []).comparisons[0]).toMatchObject({ networks: 0, interval: { low: -100, high: 100 } });
  });
});
