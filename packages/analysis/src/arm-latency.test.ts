import { describe, expect, test } from '@jest/globals';
import type { ArmLatency, Latencies } from '@netspace/contracts';
import { analyseStudy } from './index.js';
import { madeArm, madeStudy } from './testing.js';

/** Flops 1, 2, 3, 4 and acts 1, 8, 27, 64; params alike. */
const arm = madeArm(
  'A',
  [1, 2, 3, 4].map((flops) => ({ error: 10 + flops, flops, acts: flops ** 3, params: 5 })),
);

function latencyOf(medians: readonly number[], measured = arm): ArmLatency | null {
  const times = medians.map((median) => ({
    median,
    lowerQuartile: 0.9 * median,
    upperQuartile: 1.1 * median,
    passes: 30,
  }));
  const networks: Latencies['networks'] = Object.fromEntries(times.map((time, index) => [`A-${index}`, time]));
  const latencies = { engine: 'made', batchSize: 2, networks };
  const { arms, latency } = analyseStudy({ ...madeStudy([measured]), latencies });
  expect(latency).toEqual({ engine: 'made', batchSize: 2 });
  return arms[0]!.latency;
}

describe('the inference times of an arm', () => {
  test('correlate by 1 with the measure that they follow, and by null with one that does not vary', () => {
    const { flops, params, acts } = latencyOf([2, 16, 54, 128])!.correlations;
    expect(acts!.pearson).toBeCloseTo(1, 9);
    // Pearson's r of (1, 2, 3, 4) and (1, 8, 27, 64): 104 / sqrt(5 * 2390).
    expect(flops!.pearson).toBeCloseTo(104 / Math.sqrt(5 * 2390), 9);
    expect([flops!.spearman, acts!.spearman]).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
    expect(params).toBeNull();
  });

  test('are of the networks that were measured, trained or not', () => {
    const { networks, median, correlations } = latencyOf([2, 1], { ...arm, records: [] })!;
    expect(networks.map(({ networkId, complexity, latency }) => [networkId, complexity.flops, latency.median])).toEqual(
      [
        ['A-0', 1, 2],
        ['A-1', 2, 1],
      ],
    );
    expect(median).toBe(1.5);
    expect(correlations.flops!.pearson).toBeCloseTo(-1, 9);
  });

  test('have no correlation where they do not vary', () => {
    expect(latencyOf([2, 2, 2, 2])!.correlations.flops).toBeNull();
  });

  test('are null where none was measured', () => {
    expect(latencyOf([])).toBeNull();
    expect(analyseStudy(madeStudy([arm]))).toMatchObject({ latency: null, arms: [{ latency: null }] });
  });
});
