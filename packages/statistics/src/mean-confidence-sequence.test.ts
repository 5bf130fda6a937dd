import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import fc from 'fast-check';
import reference from './fixtures/confidence-sequence.json' with { type: 'json' };
import { type ConfidenceSequenceOptions, MeanConfidenceSequence, type Interval } from './index.js';

const errors = { low: 0, high: 100 };

/** The interval after each value. */
function sequenceOf(values: readonly number[], options: ConfidenceSequenceOptions): Interval[] {
  const sequence = new MeanConfidenceSequence(options);
  return values.map((value) => {
    sequence.add(value);
    return sequence.interval;
  });
}

describe('MeanConfidenceSequence(options)', () => {
  test.each(reference.rows)('equals the hedged capital process computed by NumPy and SciPy: %#', (row) => {
    const sequence = sequenceOf(row.values, row.options);
    for (const [look, [low, high]] of Object.entries(row.ends)) {
      expect(sequence[Number(look) - 1]!.low).toBeCloseTo(low!, 9);
      expect(sequence[Number(look) - 1]!.high).toBeCloseTo(high!, 9);
    }
  });

  const values = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 });

  test('never widens and stays in the range', () => {
    fc.assert(
      fc.property(values, (drawn) => {
        const sequence = sequenceOf(drawn, { range: errors, halfWidth: 10 });
        sequence.forEach(({ low, high }, index) => {
          const before = sequence[index - 1] ?? errors;
          expect(low).toBeGreaterThanOrEqual(before.low);
          expect(high).toBeLessThanOrEqual(before.high);
          expect(low).toBeLessThanOrEqual(high);
        });
      }),
    );
  });

  test('is shifted, scaled and mirrored with its values', () => {
    fc.assert(
      fc.property(values, (drawn) => {
        const { low, high } = sequenceOf(drawn, { range: errors, halfWidth: 10 }).at(-1)!;
        const mirrored = sequenceOf(
          drawn.map((value) => 5 - 2 * value),
          { range: { low: -195, high: 5 }, halfWidth: 20 },
        ).at(-1)!;
        expect(mirrored.low).toBeCloseTo(5 - 2 * high, 6);
        expect(mirrored.high).toBeCloseTo(5 - 2 * low, 6);
      }),
    );
  });

  test.each([
    ['halfWidth', { range: errors, halfWidth: 0 }, 'halfWidth: got 0 (valid: a number above 0)'],
    ['confidence', { range: errors, halfWidth: 1, confidence: 95 }, 'confidence: got 95'],
    ['range', { range: { low: 1, high: 1 }, halfWidth: 1 }, 'range: got 1 to 1 (valid: a low end below the high one)'],
  ])('refuses a bad %s', (_, options, message) => {
    expect(() => sequenceOf([1], options)).toThrow(message);
  });

  test('refuses values outside the range, and is the range before the first', () => {
    const options = { range: errors, halfWidth: 1 };
    expect(() => sequenceOf([1, 101], options)).toThrow('value: got 101 (valid: a number of 0 to 100)');
    expect(new MeanConfidenceSequence(options).interval).toEqual(errors);
  });
});

describe('looked at after every value', () => {
  const runs = 200;
  const networks = 120;

  const isEverOutsideSequence = (values: readonly number[], truth: number): boolean =>
    sequenceOf(values, { range: errors, halfWidth: 5 }).some(({ low, high }) => truth < low || truth > high);

  /** Of the ordinary 95 % interval, from the tenth value on. */
  const isEverOutsideInterval = (values: readonly number[], truth: number): boolean => {
    let [sum, squares] = [0, 0];
    return values.some((value, index) => {
      sum += value;
      squares += value ** 2;
      const n = index + 1;
      const variance = (squares - sum ** 2 / n) / (n - 1);
      return n >= 10 && Math.abs(sum / n - truth) > 1.96 * Math.sqrt(variance / n);
    });
  };

  test.each([
    ['even', 20, (random: () => number) => 40 * random()],
    ['with rare large errors', 14, (random: () => number) => (random() < 0.05 ? 90 : 20 * random())],
    ['of two values', 30, (random: () => number) => (random() < 0.3 ? 100 : 0)],
  ])('errors %s: the truth is ever excluded in at most 5 %% of runs', (name, truth, draw) => {
    const random = openRandom(12, `peeking ${name}`);
    const samples = Array.from({ length: runs }, () =>
      Array.from({ length: networks }, () => draw(() => random.uniform())),
    );
    const shareOf = (isEver: typeof isEverOutsideSequence): number =>
      samples.filter((values) => isEver(values, truth)).length / runs;
    expect(shareOf(isEverOutsideSequence)).toBeLessThanOrEqual(0.05);
    expect(shareOf(isEverOutsideInterval)).toBeGreaterThan(0.25);
  });
});

/** What docs/study-file.md says of it: networks of each space until the difference of means is known to one point. */
test.each([
  [1, 430, 490],
  [4, 490, 580],
])('errors that spread by %d points take %d to %d networks of each space', (spread, atLeast, atMost) => {
  const random = openRandom(3, `networks ${spread}`);
  const differences = Array.from({ length: 700 }, () => spread * (random.normal() - random.normal()));
  const sequence = sequenceOf(differences, { range: { low: -100, high: 100 }, halfWidth: 1 });
  const networks = sequence.findIndex(({ low, high }) => high - low <= 2) + 1;
  expect(networks).toBeGreaterThanOrEqual(atLeast);
  expect(networks).toBeLessThanOrEqual(atMost);
});
