import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import {
  brunnerMunzel,
  fitSlope,
  mannWhitney,
  normalQuantile,
  rankCorrelationTails,
  shareInterval,
  shareTails,
} from './index.js';

describe('shareInterval(hits, n)', () => {
  test.each([
    [2, 4, 0.06758598648854298, 0.932414013511457],
    [0, 24, 0, 0.14247359772258136],
  ])('of %d of %d is the exact one of SciPy', (hits, n, low, high) => {
    const interval = shareInterval(hits, n);
    expect(interval.low).toBeCloseTo(low, 10);
    expect(interval.high).toBeCloseTo(high, 10);
    expect(shareInterval(n - hits, n)).toEqual({
      low: expect.closeTo(1 - high, 10),
      high: expect.closeTo(1 - low, 10),
    });
  });
});

test('shareTails(hits, n, share) are the exact binomial chances of SciPy', () => {
  const { greaterP, lessP } = shareTails(3, 40, 0.1);
  expect(greaterP).toBeCloseTo(0.7771918756605969, 10);
  expect(lessP).toBeCloseTo(0.4231306530930026, 10);
  expect(shareTails(0, 40, 0.1).greaterP).toBe(1);
  expect(shareTails(40, 40, 0.1).lessP).toBe(1);
});

test('mannWhitney(a, b) to one side is that of SciPy, and the two sides together hold a U of chance once more', () => {
  const { greaterP, lessP } = mannWhitney([3, 5, 5, 9, 12], [1, 4, 5, 6, 7, 8]);
  expect(greaterP).toBeCloseTo(0.32252761760382287, 10);
  expect(greaterP + lessP).toBeGreaterThan(1);
  expect(mannWhitney([1, 1], [1, 1])).toMatchObject({ p: 1, greaterP: 1, lessP: 1 });
});

test('brunnerMunzel(a, b) to one side is that of SciPy', () => {
  const [a, b] = [
    [3, 5, 5, 9, 12],
    [1, 4, 5, 6, 7, 8],
  ];
  expect(brunnerMunzel(a, b)).toMatchObject({
    greaterP: expect.closeTo(0.3152233892357857, 10),
    lessP: expect.closeTo(0.6847766107642144, 10),
  });
  expect(brunnerMunzel(b, a)!.greaterP).toBeCloseTo(0.6847766107642144, 10);
});

test('rankCorrelationTails(r, n) are those of NumPy, and err as often as they say where nothing is correlated', () => {
  expect(rankCorrelationTails(0.3, 40).greaterP).toBeCloseTo(0.02986819565315757, 8);
  expect(rankCorrelationTails(-0.3, 40).lessP).toBeCloseTo(0.02986819565315757, 8);
  expect(rankCorrelationTails(1, 3)).toEqual({ greaterP: 1, lessP: 1 });
});

describe('fitSlope(x, y)', () => {
  const x = [2.04, -2.56, 0.42, -0.57, -0.45, -0.22, -2.02, -0.23, -0.87, 3.32, 0.23, -0.35];
  const y = [3.8, -5.79, -0.22, -1.53, -0.42, -0.68, -3.08, -0.66, -1.72, 8.19, 1.01, -1.21];

  test('is that of SciPy, with its interval and chances', () => {
    const { slope, interval, chanceAbove, chanceBelow } = fitSlope(x, y);
    expect(slope).toBeCloseTo(2.157544187199843, 10);
    expect(interval.low).toBeCloseTo(1.8468010934865204, 8);
    expect(chanceAbove(2.5)).toBeCloseTo(0.01696754009935128, 9);
    expect(chanceAbove(2.5) + chanceBelow(2.5)).toBeCloseTo(1, 12);
  });

  test('of points on a line is certain', () => {
    const { interval, chanceAbove } = fitSlope([1, 2, 3], [2, 4, 6]);
    expect(interval).toEqual({ low: expect.closeTo(2, 9), high: expect.closeTo(2, 9) });
    expect(chanceAbove(5)).toBeLessThan(1e-9);
  });

  test('has an interval that holds the truth in 95 % of samples', () => {
    const random = openRandom(6, 'slopes');
    const held = Array.from({ length: 1500 }, () => {
      const noisy = x.map((value) => 3 * value + random.normal());
      const { interval } = fitSlope(x, noisy);
      return interval.low <= 3 && 3 <= interval.high;
    }).filter(Boolean).length;
    expect(Math.abs(held / 1500 - 0.95)).toBeLessThan(0.023);
  });
});

test('normalQuantile(p) is the one of tables', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
});
