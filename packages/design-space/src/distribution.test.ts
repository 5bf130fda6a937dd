import { describe, expect, test } from '@jest/globals';
import type { DistributionKind } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { type Distribution, draw, valueCount } from './distribution.js';
import reference from './fixtures/samplers.json' with { type: 'json' };
import { shippedDistributions } from './shipped-distributions.js';

const rows = reference.rows as (Distribution & {
  cdf_at: number[];
  cdf: number[];
  distinct: number;
  samples: number;
})[];
const endsSampler: DistributionKind['sampler'] =
  ({ low, high }) =>
  (random) =>
    random.uniform() < 0.5 ? low : high;

const drawMany = (distribution: Distribution, count: number): number[] => {
  const random = openRandom(1, distribution.distribution, distribution.low, distribution.quantum);
  return Array.from({ length: count }, () => draw(distribution, random));
};

describe('draw', () => {
  test.each(rows)('$distribution of $low to $high by $quantum has the CDF of pycls', (row) => {
    const count = 20_000;
    const values = drawMany(row, count);
    // The two-sample Kolmogorov-Smirnov distance that is exceeded once in 10,000.
    const critical = Math.sqrt(-Math.log(1e-4 / 2) / 2) * Math.sqrt((count + row.samples) / (count * row.samples));
    row.cdf_at.forEach((point, place) => {
      const share = values.filter((value) => value <= point).length / count;
      expect(Math.abs(share - row.cdf[place]!)).toBeLessThan(critical);
    });
  });

  test.each(rows)(
    '$distribution of $low to $high by $quantum stays in its range, on multiples or powers of 2',
    (row) => {
      for (const value of drawMany(row, 2000)) {
        expect(value).toBeGreaterThanOrEqual(row.low);
        expect(value).toBeLessThanOrEqual(row.high);
        const steps = value / row.quantum;
        expect(Math.abs(steps - Math.round(steps)) < 1e-9 || Number.isInteger(Math.log2(value))).toBe(true);
      }
    },
  );

  test.each(Object.keys(shippedDistributions))('%s of one value is that value', (name) => {
    expect(drawMany({ distribution: name, low: 8, high: 8, quantum: 8 }, 100)).toEqual(new Array(100).fill(8));
  });

  test('power2_or_log_uniform below its quantum is power2_uniform', () => {
    expect(new Set(drawMany({ distribution: 'power2_or_log_uniform', low: 1, high: 4, quantum: 8 }, 500))).toEqual(
      new Set([1, 2, 4]),
    );
  });

  test.each<[Partial<Distribution>, string]>([
    [{ low: 16, high: 8 }, 'low: got 16, above high (valid: at most 8)'],
    [{ quantum: 0 }, 'quantum: got 0 (valid: a number above 0)'],
    [{ low: 12 }, 'low: got 12 (valid: a multiple of the quantum, 8)'],
    [{ high: 60 }, 'high: got 60 (valid: a multiple of the quantum, 8)'],
    [{ low: 0 }, 'low: got 0 (valid: a number above 0)'],
    [{ low: NaN }, 'low: got NaN, above high (valid: at most 64)'],
    [{ distribution: 'power2_uniform', low: 24 }, 'low: got 24 (valid: a power of 2)'],
    [
      { distribution: 'log_unifrom' },
      'distribution: got "log_unifrom"; did you mean "log_uniform"? (valid: uniform, log_uniform, ',
    ],
    [{ distribution: 'constructor' }, 'distribution: got "constructor" (valid: uniform, '],
  ])('refuses %j', (change, message) => {
    const distribution: Distribution = { distribution: 'log_uniform', low: 8, high: 64, quantum: 8, ...change };
    expect(() => draw(distribution, openRandom(1))).toThrow(message);
  });
});

describe('valueCount', () => {
  test.each(rows)(
    '$distribution of $low to $high by $quantum is what 200,000 draws of pycls took: $distinct',
    (row) => {
      expect(valueCount(row, shippedDistributions)).toBe(row.distinct);
    },
  );

  test('power2_or_log_uniform below its quantum counts powers', () => {
    const distribution = { distribution: 'power2_or_log_uniform', low: 1, high: 4, quantum: 8 };
    expect(valueCount(distribution, shippedDistributions)).toBe(3);
  });
});

test('draw(distribution, random, distributions) draws from a distribution that is not shipped', () => {
  const distributions = { ends: { valueCount: () => 2, sampler: endsSampler } };
  const random = openRandom(1);
  const ends = { distribution: 'ends', low: 3, high: 9, quantum: 1 };
  expect(new Set(Array.from({ length: 50 }, () => draw(ends, random, distributions)))).toEqual(new Set([3, 9]));
  expect(() => draw({ ...ends, low: 10 }, random, distributions)).toThrow('low: got 10, above high');
  expect(() => draw(ends, random)).toThrow('distribution: got "ends"');
});
