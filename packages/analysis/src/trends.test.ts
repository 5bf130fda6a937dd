import { describe, expect, test } from '@jest/globals';
import { madeSpace, madeStudy, type MadeNetwork } from './fixtures/made-study.js';
import { viewStudy } from './study-view.js';
import { frontier, type TrendPoint, trendOf, trendPoints } from './trends.js';

function pointsOf(networks: readonly MadeNetwork[]): TrendPoint[] {
  return trendPoints(viewStudy(madeStudy([madeSpace('A', networks)])).spaces[0]!);
}

/** Twelve networks; the three best follow params = 2 flops + 5 and acts = 3 sqrt(flops) + 1 exactly. */
const networks: MadeNetwork[] = Array.from({ length: 12 }, (_, index) => {
  const flops = 100 * (index + 1);
  const isBest = index < 3;
  return {
    error: 10 + index,
    flops,
    params: isBest ? 2 * flops + 5 : 1,
    acts: isBest ? 3 * Math.sqrt(flops) + 1 : 1,
  };
});

describe('trends', () => {
  test('the best are a quarter of the networks that completed', () => {
    const points = pointsOf([...networks, { error: 'diverged' }, { error: 'failed' }]);
    expect(points).toHaveLength(12);
    expect(points.filter(({ isBest }) => isBest).map(({ error }) => error)).toEqual([10, 11, 12]);
  });

  test('params of the best are fitted by a line, acts by a square root', () => {
    const params = trendOf(pointsOf(networks), 'params')!;
    expect([params.intercept, params.slope, params.r2]).toEqual([
      expect.closeTo(5, 9),
      expect.closeTo(2, 9),
      expect.closeTo(1, 9),
    ]);
    const acts = trendOf(pointsOf(networks), 'acts')!;
    expect([acts.intercept, acts.slope, acts.r2]).toEqual([
      expect.closeTo(1, 9),
      expect.closeTo(3, 9),
      expect.closeTo(1, 9),
    ]);
  });

  test('no trend is fitted where flops are too much alike', () => {
    const alike = networks.map((network) => ({ ...network, flops: 1000 + network.flops! / 100 }));
    expect(trendOf(pointsOf(alike), 'params')).toBeUndefined();
  });

  test('the frontier holds the networks that are better than all cheaper ones', () => {
    const points = pointsOf([
      { error: 30, flops: 100 },
      { error: 25, flops: 300 },
      { error: 28, flops: 200 },
      { error: 26, flops: 400 },
      { error: 20, flops: 500 },
      { error: 35, flops: 100 },
    ]);
    expect(frontier(points).map(({ flops, error }) => [flops, error])).toEqual([
      [100, 30],
      [200, 28],
      [300, 25],
      [500, 20],
    ]);
  });
});
