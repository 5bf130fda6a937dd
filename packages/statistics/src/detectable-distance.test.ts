import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import { detectableDistance, normalQuantile, twoSampleKolmogorovSmirnov } from './index.js';

describe('detectableDistance(n)', () => {
  const runs = 600;
  const detected = (first: () => number, other: () => number, n: number): number => {
    const sample = (draw: () => number): number[] => Array.from({ length: n }, draw);
    let count = 0;
    for (let run = 0; run < runs; run++) {
      const { exactP, asymptoticP } = twoSampleKolmogorovSmirnov(sample(first), sample(other));
      if ((exactP ?? asymptoticP) <= 0.05) count++;
    }
    return count / runs;
  };

  test.each([30, 100])('is detected with its chance by %d networks where it is at one error alone', (n) => {
    const random = openRandom(8, `one error ${n}`);
    const share = (1 + detectableDistance(n)!) / 2;
    const draw = (good: number) => () => (random.uniform() < good ? 10 : 20);
    expect(Math.abs(detected(draw(share), draw(1 - share), n) - 0.8)).toBeLessThan(0.08);
  });

  // Normal errors of deviation 1 that are 2 normalQuantile((1 + d) / 2) apart have distributions that are d apart.
  test.each([30, 100])('is detected more surely by %d networks where the whole distribution is shifted', (n) => {
    const random = openRandom(8, `shift ${n}`);
    const shift = 2 * normalQuantile((1 + detectableDistance(n)!) / 2);
    expect(
      detected(
        () => random.normal(),
        () => shift + random.normal(),
        n,
      ),
    ).toBeGreaterThan(0.9);
  });

  test('is null where the test can never be so sure, and shrinks as the root of n', () => {
    expect(detectableDistance(3)).toBeNull();
    expect(detectableDistance(40_000)! / detectableDistance(10_000)!).toBeCloseTo(0.5, 3);
  });

  test.each([
    [0, 0.8, 'n: got 0'],
    [10, 1, 'power: got 1 (valid: a number above 0 and below 1)'],
  ])('(%d, %d) is refused', (n, power, message) => {
    expect(() => detectableDistance(n, power)).toThrow(message);
  });
});
