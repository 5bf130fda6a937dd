import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import { analyseStudy } from './index.js';
import { madeArm, type MadeNetwork, madeStudy } from './testing.js';
import type { WidthTrend } from '@netspace/contracts';

const trendOf = (networks: readonly MadeNetwork[]): WidthTrend | null =>
  analyseStudy(madeStudy([madeArm('A', networks)])).arms[0]!.widthTrend;

describe('the trend of widths', () => {
  test('is the geometric mean of width over block number', () => {
    // Blocks 1 to 3 of widths 8, 32, 24: ratios 8, 16, 8, whose geometric mean is 8 * 2^(1 / 3).
    const networks = [1, 2, 3].map((error) => ({ error, depths: [1, 1, 1], widths: [8, 32, 24] }));
    const { slope, interval, networks: count } = trendOf(networks)!;
    expect(count).toBe(3);
    expect(slope).toBeCloseTo(8 * 2 ** (1 / 3), 9);
    expect(interval).toEqual({ low: expect.closeTo(slope, 9), high: expect.closeTo(slope, 9) });
  });

  test('is of the best twenty alone, and covers the slope that they were made with', () => {
    const random = openRandom(3, 'widths');
    const networks = Array.from({ length: 60 }, (_, index) => {
      const slope = index < 20 ? 48 * Math.exp(0.3 * random.normal()) : 500;
      return { error: index, depths: [1, 1, 1, 1], widths: [1, 2, 3, 4].map((block) => Math.round(slope * block)) };
    });
    const { networks: count, interval } = trendOf(networks)!;
    expect(count).toBe(20);
    expect(interval.low).toBeLessThan(48);
    expect(interval.high).toBeGreaterThan(48);
    // 1.96 * 0.3 / sqrt(20) on the logarithm.
    expect(Math.log(interval.high / interval.low) / 2).toBeGreaterThan(0.08);
    expect(Math.log(interval.high / interval.low) / 2).toBeLessThan(0.2);
  });

  test('is null of fewer than three networks', () => {
    expect(trendOf([{ error: 1 }, { error: 2 }, { error: 'diverged' }])).toBeNull();
  });
});
