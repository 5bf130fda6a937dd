import { describe, expect, test } from '@jest/globals';
import type { ParameterSeries } from '@netspace/contracts';
import { analyseStudy } from './index.js';
import { madeArm, type MadeNetwork, madeStudy } from './testing.js';

const seriesOf = (networks: readonly MadeNetwork[]): readonly ParameterSeries[] =>
  analyseStudy(madeStudy([madeArm('A', networks)])).arms[0]!.parameters;

const networks: MadeNetwork[] = [
  { error: 40, depths: [1, 1], parameters: { 'd[1]': 1, b: 2 }, acts: 1 },
  { error: 10, depths: [2, 1], parameters: { 'd[1]': 2, b: 2 }, acts: 2 },
  { error: 'diverged', depths: [4, 1], parameters: { 'd[1]': 4, b: 2 }, acts: 3 },
];

const named = (all: readonly ParameterSeries[], wanted: string): ParameterSeries | undefined =>
  all.find(({ name }) => name === wanted);

describe('the parameters of an arm', () => {
  test('have a value of each network, best first, and its rank correlation with the error', () => {
    expect(seriesOf(networks)[0]).toMatchObject({
      name: 'd[1]',
      kind: 'drawn',
      values: [2, 1, 4],
      // Ranks of the values 2, 1, 3 against 1, 2, 3: 1 - 6 (1 + 1) / (3 * 8).
      rankCorrelation: 0.5,
    });
  });

  test('leave out what does not vary and add depth, the fitted rule and the complexity', () => {
    const series = seriesOf(networks);
    const kinds = Object.fromEntries(series.map(({ name, kind }) => [name, kind]));
    expect(kinds).toMatchObject({ 'd[1]': 'drawn', depth: 'derived', acts: 'derived' });
    expect(Object.keys(kinds)).not.toContain('b');
    expect(Object.keys(kinds)).not.toContain('flops');
    expect(named(series, 'depth')!.values).toEqual([3, 2, 5]);
  });

  test('hold a drawn parameter rather than the one of its name that follows from the network', () => {
    const series = seriesOf(
      networks.map((made, index) => ({ ...made, parameters: { w_0: 8 * (index + 1), depth: index } })),
    );
    expect(named(series, 'w_0')!.kind).toBe('drawn');
    expect(series.filter(({ name }) => name === 'depth').map(({ values }) => values)).toEqual([[1, 0, 2]]);
  });

  test('leave out a parameter that some network has not', () => {
    expect(named(seriesOf([...networks, { error: 50, parameters: { 'd[3]': 1 } }]), 'd[1]')).toBeUndefined();
  });

  test('have no rank correlation where all errors are equal', () => {
    expect(seriesOf(networks.map((made) => ({ ...made, error: 5 })))[0]!.rankCorrelation).toBeNull();
  });

  test('are none where every network diverged or there is only one', () => {
    expect(seriesOf(networks.map((made) => ({ ...made, error: 'diverged' })))).toEqual([]);
    expect(seriesOf(networks.slice(0, 1))).toEqual([]);
  });
});
