import { describe, expect, test } from '@jest/globals';
import { openRandom, type Random } from '@netspace/random';
import reference from './fixtures/intervals.json' with { type: 'json' };
import {
  correlation,
  improvementInterval,
  probabilityOfImprovement,
  rankCorrelationInterval,
  reliabilityInterval,
} from './index.js';

/** Share of `runs` simulations in which an interval holds the truth. */
function coverage(runs: number, truth: number, simulate: (random: Random) => { low: number; high: number }): number {
  const random = openRandom(5, 'coverage');
  const held = Array.from({ length: runs }, () => simulate(random)).filter(
    ({ low, high }) => low <= truth && truth <= high,
  );
  return held.length / runs;
}

const normals = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.normal());

describe('reliabilityInterval(table)', () => {
  test.each(reference.reliability)('equals the F interval of SciPy: %#', ({ table, low, high }) => {
    const interval = reliabilityInterval(table)!;
    expect(interval.low).toBeCloseTo(low, 8);
    expect(interval.high).toBeCloseTo(high, 8);
  });

  test('covers in 95 % where all networks are trained twice, and where a quarter of them is', () => {
    const tableOf = (random: Random, replicated: number): number[][] =>
      Array.from({ length: 60 }, (_, index) => {
        const network = 2 * random.normal();
        return normals(random, index < replicated ? 2 : 1).map((noise) => network + noise);
      });
    // Four standard errors of 800 runs: 0.031.
    for (const replicated of [60, 15]) {
      const share = coverage(800, 0.8, (random) => reliabilityInterval(tableOf(random, replicated))!);
      expect(Math.abs(share - 0.95)).toBeLessThan(0.031);
    }
  });

  test('is null where no value differs, and 1 where repeats do not', () => {
    expect(reliabilityInterval([[1, 1], [1]])).toBeNull();
    expect(reliabilityInterval([[1, 1], [2]])).toEqual({ low: 1, high: 1 });
  });
});

describe('improvementInterval(a, b)', () => {
  test.each(reference.improvement)(
    'equals the t interval of Brunner and Munzel on the logit scale (SciPy): %#',
    (row) => {
      expect(probabilityOfImprovement(row.a, row.b)).toBeCloseTo(row.value, 12);
      const interval = improvementInterval(row.a, row.b)!;
      expect(interval.low).toBeCloseTo(row.low, 8);
      expect(interval.high).toBeCloseTo(row.high, 8);
    },
  );

  test('covers in 95 % for samples of different size and spread', () => {
    // P(X < Y) of N(0, 1) and N(1, 2): Phi(1 / sqrt(5)).
    const truth = 0.67264;
    const share = coverage(1500, truth, (random) => {
      const [a, b] = [normals(random, 15), normals(random, 40).map((value) => 1 + 2 * value)];
      return improvementInterval(a, b)!;
    });
    expect(Math.abs(share - 0.95)).toBeLessThan(0.023);
  });

  test('is null where the samples do not overlap, or one has a single value', () => {
    expect(improvementInterval([1, 2, 3], [4, 5, 6])).toBeNull();
    expect(improvementInterval([1], [0, 2, 3])).toBeNull();
  });
});

describe('rankCorrelationInterval(r, n)', () => {
  test.each(reference.rankCorrelation)('equals the transformation in NumPy: %#', ({ r, n, low, high }) => {
    const interval = rankCorrelationInterval(r, n);
    expect(interval.low).toBeCloseTo(low, 7);
    expect(interval.high).toBeCloseTo(high, 7);
  });

  test('covers in 95 % for normal pairs', () => {
    // Of a normal pair of correlation r Spearman's is 6 / pi asin(r / 2).
    const share = coverage(1500, (6 / Math.PI) * Math.asin(0.4), (random) => {
      const [x, noise] = [normals(random, 50), normals(random, 50)];
      const y = x.map((value, index) => 0.8 * value + 0.6 * noise[index]!);
      return rankCorrelationInterval(correlation(x, y).spearman, 50);
    });
    expect(Math.abs(share - 0.95)).toBeLessThan(0.023);
  });

  test('of fewer than four pairs is everything', () => {
    expect(rankCorrelationInterval(0.5, 3)).toEqual({ low: -1, high: 1 });
  });
});
