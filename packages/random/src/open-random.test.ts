import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { openRandom, shuffle } from './index.js';

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('openRandom', () => {
  test('the same seed and path give the same draws', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.array(fc.oneof(fc.string(), fc.integer())), (seed, path) => {
        const first = openRandom(seed, ...path);
        const second = openRandom(seed, ...path);
        expect(draws(5, () => first.uniform())).toEqual(draws(5, () => second.uniform()));
      }),
    );
  });

  // Drawn by the first version: results of earlier runs rest on these numbers.
  test.each([
    [7, ['network', 12], [0.9087161978717172, 207495, -0.06574094017843825, -0.1337356031177117]],
    [
      -9007199254740991,
      ['é\u{1f600}\ud800', 0],
      [0.4786527309944294, 486051, 0.13743907687590348, -0.16717131597969417],
    ],
  ])('openRandom(%d, ...%j) draws %j, as ever', (seed, path, expected) => {
    const random = openRandom(seed, ...path);
    expect([random.uniform(), random.integer(1, 1e6), random.normal(), random.normal()]).toEqual(expected);
  });

  test('integer(low, high) draws as uniformInt of pure-rand, from small ranges and large ones', () => {
    const ends = fc.oneof(
      fc.tuple(fc.integer(), fc.nat(5000)).map(([low, more]) => [low, low + more] as const),
      fc
        .tuple(fc.integer(), fc.constantFrom(2 ** 31 - 3, 2 ** 31 - 2, 2 ** 31 - 1, 2 ** 32 - 1))
        .map(([low, more]) => [low, low + more] as const),
      fc.tuple(fc.maxSafeInteger(), fc.maxSafeInteger()).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
    );
    fc.assert(
      fc.property(fc.maxSafeInteger(), ends, (seed, [low, high]) => {
        const digest = createHash('sha256')
          .update(JSON.stringify([seed]))
          .digest();
        const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
        const random = openRandom(seed);
        expect(draws(50, () => random.integer(low, high))).toEqual(draws(50, () => uniformInt(generator, low, high)));
      }),
    );
  });

  test("the generator's state is the first 128 bits of SHA-256 over the JSON of seed and path", () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.integer())),
        (seed, path) => {
          const digest = createHash('sha256')
            .update(JSON.stringify([seed, ...path]))
            .digest();
          const state = [0, 4, 8, 12].map((offset) => digest.readInt32LE(offset));
          expect(openRandom(seed, ...path).uniform()).toBe(uniformFloat64(xoroshiro128plusFromState(state)));
        },
      ),
    );
  });

  test('another seed, name or index gives other draws', () => {
    const streams = [openRandom(1), openRandom(2), openRandom(1, 'a'), openRandom(1, 'a', 0), openRandom(1, 'a', 1)];
    expect(new Set(streams.map((stream) => stream.uniform())).size).toBe(streams.length);
  });

  test('a path is not its concatenation', () => {
    expect(openRandom(1, 'ab', 'c').uniform()).not.toBe(openRandom(1, 'a', 'bc').uniform());
  });

  test('a seed that is not a safe integer is refused', () => {
    expect(() => openRandom(0.5)).toThrow('seed must be a safe integer, but got 0.5');
  });

  // Bounds are five standard errors of the statistic's exact distribution.
  test('uniform() has mean 1/2 and variance 1/12 and stays in [0, 1)', () => {
    const random = openRandom(3, 'uniform');
    const values = draws(100_000, () => random.uniform());
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / 1e5));
    expect(Math.abs(mean(values.map((x) => (x - 0.5) ** 2)) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / 1e5));
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 1000))).toBeLessThan(1);
  });

  test('normal() has mean 0, variance 1 and 68.27 % of its draws within one', () => {
    const random = openRandom(3, 'normal');
    const values = draws(100_000, () => random.normal());
    expect(Math.abs(mean(values))).toBeLessThan(5 * Math.sqrt(1 / 1e5));
    expect(Math.abs(mean(values.map((x) => x * x)) - 1)).toBeLessThan(5 * Math.sqrt(2 / 1e5));
    const within = mean(values.map((x) => (Math.abs(x) < 1 ? 1 : 0)));
    expect(Math.abs(within - 0.682689492)).toBeLessThan(5 * Math.sqrt((0.6827 * 0.3173) / 1e5));
  });

  test('integer(1, 6) gives every face a sixth of the time', () => {
    const random = openRandom(3, 'die');
    const counts = new Map<number, number>();
    for (let i = 0; i < 60_000; i++) {
      const face = random.integer(1, 6);
      counts.set(face, (counts.get(face) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    // Chi-squared with 5 degrees of freedom exceeds 25.7 once in 10,000.
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(25.7);
  });
});

describe('shuffle', () => {
  test('keeps the items', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        expect(shuffle([...items], openRandom(seed)).sort()).toEqual([...items].sort());
      }),
    );
  });

  test('every order of three is equally likely', () => {
    const random = openRandom(11);
    const counts = new Map<string, number>();
    for (let i = 0; i < 60_000; i++) {
      const order = shuffle([1, 2, 3], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(25.7);
  });
});
