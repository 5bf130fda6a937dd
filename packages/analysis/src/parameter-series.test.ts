import { describe, expect, test } from '@jest/globals';
import { bootstrapBest } from '@netspace/statistics';
import { madeSpace, madeStudy, type MadeNetwork } from './fixtures/made-study.js';
import { type ParameterSeries, parameterSeries } from './parameter-series.js';
import { viewStudy } from './study-view.js';

function seriesOf(networks: readonly MadeNetwork[]): ParameterSeries[] {
  return parameterSeries(viewStudy(madeStudy([madeSpace('A', networks)])).spaces[0]!);
}

const networks: MadeNetwork[] = [
  { error: 40, depths: [1, 1], parameters: { 'd[1]': 1, b: 2 }, acts: 1 },
  { error: 10, depths: [2, 1], parameters: { 'd[1]': 2, b: 2 }, acts: 2 },
  { error: 'diverged', depths: [4, 1], parameters: { 'd[1]': 4, b: 2 }, acts: 3 },
];

describe('parameterSeries', () => {
  test('pairs each value with its error, best network first, diverged ones as 100 %', () => {
    expect(seriesOf(networks)[0]).toMatchObject({
      label: 'd[1]',
      points: [
        { value: 2, error: 10, diverged: false },
        { value: 1, error: 40, diverged: false },
        { value: 4, error: 100, diverged: true },
      ],
      // Ranks of the values 2, 1, 3 against 1, 2, 3: 1 - 6 (1 + 1) / (3 * 8).
      rankCorrelation: 0.5,
    });
  });

  test('leaves out what does not vary and adds depth, the fitted rule and the complexity', () => {
    const labels = seriesOf(networks).map(({ label }) => label);
    expect(labels).not.toContain('b');
    expect(labels).not.toContain('flops (multiply-adds)');
    expect(labels).toContain('depth (blocks)');
    expect(labels).toContain('acts (elements)');
    const depth = seriesOf(networks).find(({ label }) => label === 'depth (blocks)')!;
    expect(depth.points.map(({ value }) => value)).toEqual([3, 2, 5]);
  });

  test('shows a drawn parameter rather than the derived one of its name', () => {
    const regnet = networks.map((network, index) => ({
      ...network,
      parameters: { w_0: 8 * (index + 1), depth: index },
    }));
    const labels = seriesOf(regnet).map(({ label }) => label);
    expect(labels).toContain('w_0');
    expect(labels).toContain('depth');
    expect(labels).not.toContain('w_0, fitted');
    expect(labels).not.toContain('depth (blocks)');
  });

  test('takes only the networks that have a parameter', () => {
    const mixed = [
      ...networks,
      { error: 50, parameters: { 'd[1]': 9, 'd[3]': 1 } },
      { error: 60, parameters: { 'd[3]': 2 } },
    ];
    const third = seriesOf(mixed).find(({ label }) => label === 'd[3]')!;
    expect(third.points.map(({ error }) => error)).toEqual([50, 60]);
  });

  test('its range is the empirical bootstrap with the seed of the population', () => {
    const best = bootstrapBest({ values: [2, 1, 4], errors: [10, 40, 100], seed: 7 });
    expect(seriesOf(networks)[0]!.best).toEqual(best);
  });

  test('is empty where every network diverged or there is only one', () => {
    expect(seriesOf(networks.map((network) => ({ ...network, error: 'diverged' })))).toEqual([]);
    expect(seriesOf(networks.slice(0, 1))).toEqual([]);
  });
});
