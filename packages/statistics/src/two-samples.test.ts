import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import fc from 'fast-check';
import { mean, median } from 'mathjs';
import paper from './fixtures/population-statistics.json' with { type: 'json' };
import reference from './fixtures/population-scipy.json' with { type: 'json' };
import {
  brunnerMunzel,
  hodgesLehmann,
  interquartileMean,
  mannWhitney,
  pairedDifferences,
  probabilityOfImprovement,
} from './index.js';

const samples = fc.array(fc.integer({ min: -15, max: 15 }), { minLength: 1, maxLength: 15 });

const compare = (difference: number): number => (difference < 0 ? 1 : difference === 0 ? 0.5 : 0);

describe('statistics of two samples equal SciPy', () => {
  test.each(reference.samples)('for $a.length and $b.length values', (row) => {
    const [a, b] = [Object.freeze(row.a), Object.freeze(row.b)];
    expect(mannWhitney(a, b).statistic).toBeCloseTo(row.u, 10);
    expect(mannWhitney(a, b).p / row.u_p).toBeCloseTo(1, 10);
    expect(brunnerMunzel(a, b)?.statistic).toBeCloseTo(row.brunner, 10);
    expect(brunnerMunzel(a, b)!.p / row.brunner_p).toBeCloseTo(1, 9);
    expect(probabilityOfImprovement(a, b)).toBeCloseTo(row.improvement, 12);
    expect(hodgesLehmann(a, b).shift).toBeCloseTo(row.shift, 12);
    expect(interquartileMean(a)).toBeCloseTo(row.interquartile_mean, 12);
    const pairs = a
      .slice(0, b.length)
      .flatMap((value, index) => (index < b.length ? [[value, b[index]!] as const] : []));
    const paired = pairedDifferences(pairs, 0.9);
    expect(paired.interval.low).toBeCloseTo(row.paired.low_90, 10);
    expect(paired.interval.high).toBeCloseTo(row.paired.high_90, 10);
    expect(paired.tP).toBeCloseTo(row.paired.t_p, 11);
    expect(paired.signP).toBeCloseTo(row.sign_p, 11);
  });

  test.each(paper.rows)('and the reference for $x.length and $y.length values', (row) => {
    const { x, y } = row;
    expect(probabilityOfImprovement(x, y)).toBeCloseTo(row.probability_of_improvement, 12);
    expect(mannWhitney(x, y).p).toBeCloseTo(row.mann_whitney_p, 11);
    expect(brunnerMunzel(x, y)?.statistic).toBeCloseTo(row.brunner_munzel.statistic, 11);
    expect(brunnerMunzel(x, y)?.p).toBeCloseTo(row.brunner_munzel.p, 11);
    expect(hodgesLehmann(x, y).shift).toBeCloseTo(row.hodges_lehmann, 12);
    [x, y].forEach((values, i) => expect(interquartileMean(values)).toBeCloseTo(row.interquartile_mean[i]!, 12));
    const {
      pairs,
      mean: middle,
      interval,
      tP,
      signP,
    } = pairedDifferences(x.slice(0, row.paired.pairs).map((value, index) => [value, y[index]!] as const));
    expect(pairs).toBe(row.paired.pairs);
    expect(middle).toBeCloseTo(row.paired.mean, 11);
    expect(interval.low).toBeCloseTo(row.paired.low, 10);
    expect(interval.high).toBeCloseTo(row.paired.high, 10);
    if (row.paired.t_p === null) expect(tP).toBeNull();
    else expect(tP).toBeCloseTo(row.paired.t_p, 11);
    if (row.paired.sign_p === null) expect(signP).toBeNull();
    else expect(signP).toBeCloseTo(row.paired.sign_p, 11);
  });
});

describe('probabilityOfImprovement(a, b)', () => {
  test('is the mean over all pairs, and the complement of that of (b, a)', () => {
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        const pairs = a.flatMap((value) => b.map((other) => compare(value - other)));
        expect(probabilityOfImprovement(a, b)).toBeCloseTo(mean(pairs), 12);
        expect(probabilityOfImprovement(b, a)).toBeCloseTo(1 - mean(pairs), 12);
      }),
    );
  });
});

describe('mannWhitney(a, b)', () => {
  test('has U = m n (1 - probability of improvement), and p is symmetric and in [0, 1]', () => {
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        const { statistic, p } = mannWhitney(a, b);
        expect(statistic).toBeCloseTo(a.length * b.length * (1 - probabilityOfImprovement(a, b)), 9);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(mannWhitney(b, a).p).toBeCloseTo(p, 12);
      }),
    );
  });

  test('is 1 where all values are equal', () => {
    expect(mannWhitney([3, 3, 3], [3, 3])).toMatchObject({ statistic: 3, p: 1 });
  });
});

describe('brunnerMunzel(a, b)', () => {
  test.each<[string, number[], number[]]>([
    ['samples that do not overlap', [1, 2, 3], [4, 5, 6]],
    ['values that are all equal', [3, 3], [3, 3, 3]],
    ['one value', [2], [1, 2, 3]],
  ])('is null for %s', (_, a, b) => {
    expect(brunnerMunzel(a, b)).toBeNull();
    expect(brunnerMunzel(b, a)).toBeNull();
  });

  test('is the same under any increasing map, and changes its sign with the order of samples', () => {
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        const test = brunnerMunzel(a, b);
        expect(brunnerMunzel(a.map(Math.exp), b.map(Math.exp))).toEqual(test);
        const swapped = brunnerMunzel(b, a);
        expect(swapped === null).toBe(test === null);
        if (test === null) return;
        expect(swapped!.statistic).toBeCloseTo(-test.statistic, 9);
        expect(swapped!.p).toBeCloseTo(test.p, 9);
      }),
    );
  });
});

describe('hodgesLehmann(a, b, confidence)', () => {
  test('takes its median and bounds from among the sorted differences, whatever their size and ties', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
      fc.integer({ min: -2, max: 2 }),
      fc.constant(0.1),
    );
    const sample = fc.array(value, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const sorted = a.flatMap((one) => b.map((other) => one - other)).sort((x, y) => x - y);
        const { shift, interval } = hodgesLehmann(a, b, 0.8);
        expect(shift + 0).toBe((sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2 + 0);
        if (interval === null) return;
        // Both are as far from their ends.
        expect(sorted.some((low, k) => low === interval.low && sorted.at(-1 - k) === interval.high)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('is the median of all differences, and moves with a', () => {
    fc.assert(
      fc.property(samples, samples, fc.integer({ min: -20, max: 20 }), (a, b, by) => {
        const { shift, interval } = hodgesLehmann(a, b);
        expect(shift).toBeCloseTo(median(a.flatMap((value) => b.map((other) => value - other))), 12);
        if (interval !== null) expect(interval.low <= shift && shift <= interval.high).toBe(true);
        const moved = hodgesLehmann(
          a.map((value) => value + by),
          b,
        );
        expect(moved.shift).toBe(shift + by);
        expect(moved.interval).toEqual(interval && { low: interval.low + by, high: interval.high + by });
      }),
    );
  });

  test('has the interval of the shifts that the Mann-Whitney test does not reject', () => {
    const rejects = (a: readonly number[], b: readonly number[], shift: number): boolean =>
      mannWhitney(
        a.map((value) => value - shift),
        b,
      ).p < 0.05;
    const size = fc.integer({ min: 4, max: 15 });
    fc.assert(
      fc.property(fc.integer(), size, size, (seed, m, n) => {
        const random = openRandom(seed, 'samples');
        const a = Array.from({ length: m }, () => random.normal());
        const b = Array.from({ length: n }, () => 1 + 2 * random.normal());
        const { low, high } = hodgesLehmann(a, b).interval!;
        const step = 1e-12;
        expect([rejects(a, b, low - step), rejects(a, b, low + step)]).toEqual([true, false]);
        expect([rejects(a, b, high - step), rejects(a, b, high + step)]).toEqual([false, true]);
      }),
    );
  });

  test.each([
    [4, 4],
    [5, 5],
    [3, 20],
    [12, 9],
    [30, 25],
  ])('covers with at least about its confidence for %d and %d values, by the exact distribution of U', (m, n) => {
    const a = Array.from({ length: m }, (_, index) => 1000 * index);
    const b = Array.from({ length: n }, (_, index) => index / 10);
    const differences = a.flatMap((value) => b.map((other) => value - other)).sort((first, second) => first - second);
    const below = differences.indexOf(hodgesLehmann(a, b).interval!.low);
    const outside = (rank: number): number => {
      const counts = rankSumCounts(m, n);
      const total = counts.reduce((sum, count) => sum + count, 0);
      return (2 * counts.slice(0, rank).reduce((sum, count) => sum + count, 0)) / total;
    };
    // The interval misses where U <= below on either side; one rank further, it would miss as often as it may, or more.
    expect(outside(below + 1)).toBeLessThan(0.0525);
    expect(outside(below + 2)).toBeGreaterThan(0.0475);
  });

  test('has no interval where there are too few differences for one', () => {
    expect(hodgesLehmann([1, 2, 3], [4, 6, 8]).interval).toBeNull();
    expect(hodgesLehmann([1, 2, 3], [4, 6, 8], 0.8).interval).not.toBeNull();
  });
});

/** How many orders of m and n values have U = 0, 1, ..., m n: U of the orders by which sample the largest is of. */
function rankSumCounts(m: number, n: number): number[] {
  const table = Array.from({ length: m + 1 }, () => new Array<number[]>(n + 1));
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      table[i]![j] = Array.from({ length: i * j + 1 }, (_, u) => {
        if (i === 0 || j === 0) return 1;
        return (table[i - 1]![j]![u - j] ?? 0) + (table[i]![j - 1]![u] ?? 0);
      });
    }
  }
  return table[m]![n]!;
}

describe('interquartileMean(values)', () => {
  test('lies between the quartiles, and follows scale and place', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        const cut = Math.floor(values.length / 4);
        const middle = interquartileMean(values);
        expect(middle).toBeGreaterThanOrEqual(sorted[cut]!);
        expect(middle).toBeLessThanOrEqual(sorted[values.length - 1 - cut]!);
        expect(interquartileMean(values.map((value) => 3 * value + 7))).toBeCloseTo(3 * middle + 7, 9);
      }),
    );
  });

  test('does not change where the worst quarter gets worse', () => {
    expect(interquartileMean([1, 2, 3, 1000, 4, 5, 6, 2000])).toBe(interquartileMean([1, 2, 3, 7, 4, 5, 6, 8]));
  });
});

describe('pairedDifferences(pairs, confidence)', () => {
  test('has an interval that leaves out 0 where the t-test rejects', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 2, maxLength: 20 }), (pairs) => {
        const { interval, tP } = pairedDifferences(pairs, 0.9);
        fc.pre(tP !== null && Math.abs(tP - 0.1) > 1e-9);
        expect(interval.low > 0 || interval.high < 0).toBe(tP < 0.1);
      }),
    );
  });

  test.each([
    [[1, 1, 1, 1, -1], 0.375],
    [[1, 1, -1, -1], 1],
    [[2, 0, 0, 5, 0], 0.5],
    [[0, 0], null],
  ])('the sign test of %p has p = %p', (differences, p) => {
    expect(pairedDifferences(differences.map((difference) => [difference, 0])).signP).toEqual(
      p === null ? null : expect.closeTo(p, 12),
    );
  });
});
