import { describe, expect, test } from '@jest/globals';
import type { ArmLatency, Latency, LatencySeries } from '@netspace/contracts';
import { analyseStudy } from './index.js';
import { madeArm, madeStudy } from './testing.js';

/** Flops 1, 2, 3, 4 and acts 1, 8, 27, 64; params alike. */
const arm = madeArm(
  'A',
  [1, 2, 3, 4].map((flops) => ({ error: 10 + flops, flops, acts: flops ** 3, params: 5 })),
);

const measuredOn = { engine: 'made', description: 'made up', batchSize: 2 };

function latencyOf(medians: readonly number[], measured = arm): ArmLatency | undefined {
  const times = medians.map((median) => ({
    median,
    lowerQuartile: 0.9 * median,
    upperQuartile: 1.1 * median,
    passes: 30,
  }));
  const networks: LatencySeries['networks'] = Object.fromEntries(times.map((time, index) => [`A-${index}`, time]));
  const { arms } = analyseStudy({ ...madeStudy([measured]), latencies: [{ ...measuredOn, networks }] });
  const [latency, ...others] = arms[0]!.latencies;
  expect(others).toEqual([]);
  return latency;
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

  test('are none where none was measured', () => {
    expect(latencyOf([])).toBeUndefined();
    expect(analyseStudy(madeStudy([arm]))).toMatchObject({ arms: [{ latencies: [] }] });
  });

  test('are told of each engine and size of a pass, in the order in which they were measured', () => {
    const passes = (median: number): Latency => ({ median, lowerQuartile: median, upperQuartile: median, passes: 30 });
    const seriesOf = (engine: string, batchSize: number, medians: readonly number[]): LatencySeries => ({
      ...{ engine, description: `${engine} 1.0`, batchSize },
      networks: Object.fromEntries(medians.map((median, index) => [`A-${index}`, passes(median)])),
    });
    const latencies = [
      seriesOf('tfjs', 1, [4, 3, 2, 1]),
      seriesOf('native', 1, [1, 2, 3, 4]),
      seriesOf('native', 64, [10, 20, 30]),
    ];
    const told = analyseStudy({ ...madeStudy([arm]), latencies }).arms[0]!.latencies;
    expect(
      told.map(({ engine, description, batchSize, networks, median, correlations: { flops } }) => [
        ...[engine, description, batchSize, networks.length, median, flops!.pearson],
      ]),
    ).toEqual([
      ['tfjs', 'tfjs 1.0', 1, 4, 2.5, expect.closeTo(-1, 9)],
      ['native', 'native 1.0', 1, 4, 2.5, expect.closeTo(1, 9)],
      ['native', 'native 1.0', 64, 3, 20, expect.closeTo(1, 9)],
    ]);
  });
});
