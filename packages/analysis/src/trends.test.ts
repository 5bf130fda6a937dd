import { describe, expect, test } from '@jest/globals';
import type { ArmAnalysis } from '@netspace/contracts';
import { analyseStudy } from './index.js';
import { madeArm, type MadeNetwork, madeStudy } from './testing.js';

const armOf = (networks: readonly MadeNetwork[]): ArmAnalysis =>
  analyseStudy(madeStudy([madeArm('A', networks)])).arms[0]!;

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

describe('the trends of an arm', () => {
  test('the best are a quarter of the networks that completed', () => {
    expect(armOf([...networks, { error: 'diverged' }, { error: 'failed' }]).trends!.best).toBe(3);
    expect(armOf([{ error: 1 }]).trends!.best).toBe(1);
  });

  test('params of the best are fitted by a line, acts by a square root', () => {
    const { params, acts } = armOf(networks).trends!;
    const near = (value: number): unknown => expect.closeTo(value, 9);
    expect(params).toEqual({ intercept: near(5), slope: near(2), r2: near(1) });
    expect(acts).toEqual({ intercept: near(1), slope: near(3), r2: near(1) });
  });

  test('no trend is fitted where flops are too much alike, or the best are too few', () => {
    const alike = networks.map((made) => ({ ...made, flops: 1000 + made.flops! / 100 }));
    expect(armOf(alike).trends).toMatchObject({ params: null, acts: null });
    expect(armOf(networks.slice(0, 8)).trends).toMatchObject({ best: 2, params: null, acts: null });
  });

  test('the frontier holds the networks that are better than all cheaper ones', () => {
    const { frontier } = armOf([
      { error: 30, flops: 100 },
      { error: 25, flops: 300 },
      { error: 28, flops: 200 },
      { error: 26, flops: 400 },
      { error: 20, flops: 500 },
      { error: 35, flops: 100 },
    ]).trends!;
    expect(frontier).toEqual(['A-0', 'A-2', 'A-1', 'A-4']);
  });

  test('there are none where every network diverged', () => {
    expect(armOf([{ error: 'diverged' }]).trends).toBeNull();
  });
});

describe('the correlation of e_fit and error', () => {
  /** Widths 64, 128 follow a rule; 128, 64 do not. */
  const made = (error: MadeNetwork['error'], last: number): MadeNetwork => ({
    error,
    depths: [1, 1],
    widths: [64, last],
  });

  test('is that of the ranks among the networks that completed', () => {
    expect(armOf([made(1, 128), made(2, 48), made(3, 32), made('diverged', 128)]).fitErrorCorrelation).toBeCloseTo(
      1,
      9,
    );
  });

  test('is null where e_fit or the error does not vary', () => {
    expect(armOf([made(1, 128), made(2, 128)]).fitErrorCorrelation).toBeNull();
    expect(armOf([made(1, 128), made(1, 32)]).fitErrorCorrelation).toBeNull();
  });
});
