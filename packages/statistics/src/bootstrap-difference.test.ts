import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import { mean } from 'mathjs';
import { bootstrapDifference, interquartileMean, percentile } from './index.js';

const median = (values: readonly number[]): number => percentile(values, 50);

/** A skewed population of errors to a quarter of a per cent, a tenth of which diverged; and one without either. */
const random = openRandom(7, 'populations');
const drawA = (): number =>
  random.uniform() < 0.1 ? 100 : Math.round(4 * (8 + 5 * Math.exp(0.9 * random.normal()))) / 4;
const drawB = (): number => 12 + 2 * random.normal();
const sample = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);

describe('bootstrapDifference({ a, b, statistic, seed })', () => {
  test.each([
    ['median', median],
    ['interquartile mean', interquartileMean],
  ])('covers the difference of the %s with about its confidence, for 25 and 40 networks', (_, statistic) => {
    const truth = statistic(sample(30_001, drawA)) - statistic(sample(30_001, drawB));
    const sets = 300;
    const covered = Array.from({ length: sets }, (__, seed) => {
      const request = { a: sample(25, drawA), b: sample(40, drawB), statistic, seed, confidence: 0.9, resamples: 199 };
      const { low, high } = bootstrapDifference(request).interval;
      return low <= truth && truth <= high;
    }).filter(Boolean).length;
    // Between 0.85 and 0.95: nearly three standard deviations of a share of 300.
    expect(Math.abs(covered / sets - 0.9)).toBeLessThan(0.05);
  });

  test('of a mean is as wide as theory says: 2 z sqrt((1 - 1/n) var(a) / n + ...)', () => {
    const a = Array.from({ length: 50 }, (_, index) => index);
    const b = a.map((value) => 2 * value);
    const { difference, interval } = bootstrapDifference({ a, b, statistic: mean, seed: 2 });
    const spread = Math.sqrt((2499 / 12 / 50) * (1 + 4));
    expect(difference).toBe(-24.5);
    expect((interval.high - interval.low) / (2 * 1.96 * spread)).toBeCloseTo(1, 1);
    expect((interval.high + interval.low) / 2 / difference).toBeCloseTo(1, 1);
  });

  test('depends on the seed alone, and moves with the values', () => {
    const request = { a: [5, 9, 7, 8, 12], b: [3, 4, 9, 1], statistic: median, seed: 5 };
    const first = bootstrapDifference(request);
    expect(bootstrapDifference(request)).toEqual(first);
    expect(bootstrapDifference({ ...request, seed: 6, resamples: 37 })).not.toEqual(first);
    const moved = bootstrapDifference({ ...request, a: request.a.map((value) => value + 10) });
    expect(moved.interval).toEqual({ low: first.interval.low + 10, high: first.interval.high + 10 });
  });

  test('draws each sample from its own values, each as often as its number', () => {
    const [a, b] = [
      [3, 1, 1, 8, 5],
      [7, 2, 9],
    ];
    const seen: number[][] = [];
    const statistic = (values: readonly number[]): number => {
      seen.push([...values]);
      return values[0]!;
    };
    bootstrapDifference({ a, b, statistic, seed: 4, resamples: 300 });
    const drawn = seen.slice(0, 600);
    drawn.forEach((values, index) => {
      const from = index % 2 === 0 ? a : b;
      expect(values).toHaveLength(from.length);
      expect(from).toEqual(expect.arrayContaining(values));
    });
    // Every value of b is drawn three times in one of 27 samples.
    expect(
      new Set(drawn.filter((values) => new Set(values).size === 1 && values.length === 3).map(([x]) => x)).size,
    ).toBe(3);
  });
});
