import { describe, expect, test } from '@jest/globals';
import type { Latencies } from '@netspace/contracts';
import { latencyPoints } from './figures/latency.js';
import { madeSpace, madeStudy } from './fixtures/made-study.js';
import { figures, latencyCorrelations } from './index.js';
import { viewStudy } from './study-view.js';

/** Flops 1, 2, 3, 4 and acts 1, 8, 27, 64; params alike. */
const space = madeSpace(
  'A',
  [1, 2, 3, 4].map((flops) => ({ error: 10 + flops, flops, acts: flops ** 3, params: 5 })),
);

function latenciesOf(medians: readonly number[]): Latencies {
  const networks = medians.map((median, index) => [
    `A-${index}`,
    { median, lowerQuartile: 0.9 * median, upperQuartile: 1.1 * median, passes: 30 },
  ]);
  return { engine: 'made', batchSize: 1, networks: Object.fromEntries(networks) as Latencies['networks'] };
}

describe('latencyCorrelations(networks, latencies)', () => {
  test('are 1 for the measure that times follow, and null for one that does not vary', () => {
    const { flops, params, acts } = latencyCorrelations(space.population.networks, latenciesOf([2, 16, 54, 128]));
    expect(acts!.pearson).toBeCloseTo(1, 9);
    // Pearson's r of (1, 2, 3, 4) and (1, 8, 27, 64): 104 / sqrt(5 * 2390).
    expect(flops!.pearson).toBeCloseTo(104 / Math.sqrt(5 * 2390), 9);
    expect([flops!.spearman, acts!.spearman]).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
    expect(params).toBeNull();
  });

  test('leave out networks that were not measured', () => {
    const { flops } = latencyCorrelations(space.population.networks, latenciesOf([2, 1]));
    expect(flops!.pearson).toBeCloseTo(-1, 9);
  });

  test('are null where times do not vary', () => {
    expect(latencyCorrelations(space.population.networks, latenciesOf([2, 2, 2, 2])).flops).toBeNull();
  });
});

describe('the figure of latencies', () => {
  test('has a point for each network that was measured, trained or not', () => {
    const view = viewStudy(madeStudy([{ ...space, records: [] }])).spaces[0]!;
    const points = latencyPoints(view, latenciesOf([2, 16]));
    expect(points.map(({ flops, median }) => [flops, median])).toEqual([
      [1, 2],
      [2, 16],
    ]);
  });

  test('names the engine, the batch and the correlations', async () => {
    const drawn = await figures({ ...madeStudy([space]), latencies: latenciesOf([2, 16, 54, 128]) });
    const figure = drawn.find(({ name }) => name === 'latency')!;
    expect(figure.caption).toContain('one inference pass of one image (made)');
    expect(figure.caption).toContain('A: flops r 0.95, ρ 1.00; params does not vary; acts r 1.00, ρ 1.00.');
  });

  test('is left out where nothing was measured', async () => {
    expect((await figures(madeStudy([space]))).map(({ name }) => name)).not.toContain('latency');
  });
});
