import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import { anytimeMeanInterval } from '@netspace/statistics';
import { compareSamples, levelAfter, looksUpTo, pairsFor, predictErrors } from './index.js';

describe('compareSamples(base, other, confidence)', () => {
  test('is the difference of means where nothing is foretold', () => {
    const zeros = new Array<number>(50).fill(0);
    const a = Array.from({ length: 20 }, (_, index) => (index * 7) % 13);
    const b = Array.from({ length: 20 }, (_, index) => ((index * 5) % 11) + 1);
    const { effect, interval, pairs, explained } = compareSamples(
      { predicted: zeros, errors: a },
      { predicted: zeros, errors: b },
      0.95,
    );
    const differences = a.map((value, index) => b[index]! - value);
    const mean = differences.reduce((sum, value) => sum + value, 0) / 20;
    const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 19;
    expect(effect).toBeCloseTo(mean, 12);
    expect(interval).toEqual(anytimeMeanInterval({ n: 20, mean, variance }, { confidence: 0.95, narrowAt: 40 }));
    expect([pairs, explained]).toEqual([20, 0]);
  });

  test('passes over pairs with a network that could not be trained', () => {
    const [predicted, errors] = [
      [0, 0, 0],
      [1, null, 3],
    ];
    expect(compareSamples({ predicted, errors }, { predicted, errors: [2, 9, 5] }, 0.95)).toMatchObject({
      effect: 1.5,
      pairs: 2,
    });
  });

  // A prediction that is right, one that is far off, and one that errs differently in the two spaces.
  test.each([
    ['right', (x: number) => x, 0.5],
    ['of another scale', (x: number) => 3 * x + 7, -5],
    ['skewed', (x: number) => Math.exp(x / 2), -1],
  ])(
    'holds the true difference at all looks in 95 %% of the runs, whatever is foretold: %s',
    (name, foretell, least) => {
      const random = openRandom(3, 'compare', name);
      const draw = (mean: number, networks: number) => {
        const known = Array.from({ length: networks }, () => mean + 2 * random.normal());
        return { predicted: known.map(foretell), errors: known.map((value) => value + random.normal()) };
      };
      let missed = 0;
      let explained = 0;
      const runs = 400;
      for (let run = 0; run < runs; run++) {
        const [base, other] = [draw(0, 400), draw(0.7, 400)];
        const looks = looksUpTo(100).map((pairs) =>
          compareSamples(
            { ...base, errors: base.errors.slice(0, pairs) },
            { ...other, errors: other.errors.slice(0, pairs) },
            0.95,
          ),
        );
        if (looks.some(({ interval: { low, high } }) => low > 0.7 || high < 0.7)) missed++;
        explained += looks[looks.length - 1]!.explained / runs;
      }
      expect(missed / runs).toBeLessThanOrEqual(0.05);
      expect(explained).toBeGreaterThan(least);
    },
  );
});

describe('levelAfter(failures, errorRate)', () => {
  test('spends no more than the error rate, however many confirmations fail', () => {
    const spent = Array.from({ length: 10_000 }, (_, failures) => levelAfter(failures, 0.05));
    expect(spent.reduce((sum, level) => sum + level, 0)).toBeLessThanOrEqual(0.05);
    expect(spent.every((level, index) => index === 0 || level < spent[index - 1]!)).toBe(true);
  });

  // Wrong proposals among right ones, tried in any order: each wrong one is accepted with just the chance of its level.
  test('keeps the chance of a wrong acceptance in a chain below the error rate', () => {
    const random = openRandom(4, 'chains');
    const runs = 20_000;
    let wrong = 0;
    for (let run = 0; run < runs; run++) {
      let failures = 0;
      for (let trial = 0; trial < 40; trial++) {
        const isRight = random.uniform() < 0.5;
        const accepted = isRight ? random.uniform() < 0.7 : random.uniform() < levelAfter(failures, 0.05);
        if (accepted && !isRight) {
          wrong++;
          break;
        }
        if (!accepted) failures++;
      }
    }
    expect(wrong / runs).toBeLessThanOrEqual(0.05);
    expect(wrong / runs).toBeGreaterThan(0.02);
  });
});

describe('pairsFor(power)', () => {
  test('is the fewest pairs at which the interval is as narrow', () => {
    const power = { deviation: 2, distance: 1, confidence: 0.99 };
    const half = (n: number) =>
      anytimeMeanInterval({ n, mean: 0, variance: 4 }, { confidence: 0.99, narrowAt: 40 }).high;
    const pairs = pairsFor(power);
    expect(half(pairs)).toBeLessThanOrEqual(1);
    expect(half(pairs - 1)).toBeGreaterThan(1);
    expect(pairsFor({ ...power, distance: 0 })).toBe(100_000);
  });
});

describe('predictErrors(features, errors)', () => {
  const random = openRandom(6, 'predict');
  const points = Array.from({ length: 80 }, () => [random.normal(), random.normal()]);

  test('takes squares where they explain more, and stays within the errors that it has seen', () => {
    const errors = points.map(([x = 0]) => 20 + 3 * x * x + random.normal() / 10);
    const { r2, predict } = predictErrors(points, errors);
    expect(r2).toBeGreaterThan(0.95);
    expect(predict([1, 0])).toBeCloseTo(23, 0);
    expect(predict([100, 0])).toBe(Math.max(...errors));
  });

  test('foretells the mean where nothing explains anything', () => {
    const { r2, predict } = predictErrors(
      points,
      points.map((_, index) => index % 2),
    );
    expect(r2).toBeLessThan(0.1);
    expect(predict([0, 0])).toBeCloseTo(0.5, 0);
  });
});
