import { describe, expect, test } from '@jest/globals';
import type { ArmAnalysis } from '@netspace/contracts';
import { madeArm, type MadeNetwork } from '@netspace/analysis/testing';
import { edfPoints } from './figures/error-edf.js';
import { regimePoints } from './figures/regime-trends.js';
import { latencyPoints } from './figures/latency.js';
import { candidateShares } from './figures/sampling-effort.js';
import { sizedNetworks, untrainedFigure } from './figures/untrained.js';
import { trendPoints } from './figures/trends.js';
import { blockPoints, shownNetworks } from './figures/widths-of-networks.js';
import { analysisOf, measuredAnalysisOf, regimes } from './fixtures/made-analyses.js';

const order = ['depth', 'b', 'g', 'w_m', 'w_a', 'w_0'];

const armOf = (networks: readonly MadeNetwork[]): ArmAnalysis => analysisOf(madeArm('A', networks)).arms[0]!;

describe('what figures show', () => {
  test('an EDF has every step inside the axis, from one end to the other', () => {
    const { edf } = armOf([{ error: 20 }, { error: 10 }, { error: 'diverged' }, { error: 10 }]);
    expect(edfPoints(edf, [5, 25])).toEqual([
      { error: 5, share: 0 },
      { error: 10, share: 0.5 },
      { error: 20, share: 0.75 },
      { error: 25, share: 0.75 },
    ]);
  });

  test('a network is drawn block by block beside its rule', () => {
    // 64, 128, 256, 256 are the widths of w_0 = 64, w_a = 64, w_m = 2.
    const [result] = armOf([{ error: 1, depths: [1, 1, 2], widths: [64, 128, 256] }]).networks;
    expect(blockPoints(result!)).toEqual([
      { block: 1, width: 64, fitted: 64 },
      { block: 2, width: 128, fitted: 128 },
      { block: 3, width: 256, fitted: 256 },
      { block: 4, width: 256, fitted: 256 },
    ]);
  });

  test.each([
    [1, ['best 1']],
    [4, ['best 1', 'best 2 2', 'best 3 3', 'best 4 4']],
    [7, ['best 1', 'best 2 2', 'best 3 3', 'best 4 4', 'worst 7']],
  ])('of %d networks that completed, the best four and the worst', (count, labels) => {
    const networks: MadeNetwork[] = Array.from({ length: count }, (_, index) => ({ error: count - index }));
    const shown = shownNetworks(armOf([...networks, { error: 'diverged' }]));
    expect(shown.map(({ label, result }) => `${label} ${result.error}`)).toEqual(labels);
  });

  test('the best quarter and the lowest errors are marked among the networks that completed', () => {
    const points = trendPoints(
      armOf([
        ...[4, 3, 2, 1].map((error, index) => ({ error, flops: 10 + index })),
        { error: 9, flops: 12 },
        { error: 'diverged' },
      ]),
    );
    expect(points.map(({ error, isBest, isLowest }) => [error, isBest, isLowest])).toEqual([
      [1, true, true],
      [2, false, true],
      [3, false, true],
      [4, false, true],
      [9, false, false],
    ]);
  });

  test('inference times are those of all networks that were measured, trained or not', () => {
    const [arm] = measuredAnalysisOf(
      madeArm('A', [
        { error: 'missing', flops: 1, acts: 2e5 },
        { error: 1, flops: 2, acts: 1e5 },
      ]),
    ).arms;
    expect(latencyPoints(arm!, arm!.latencies[0]!).map(({ flops, median }) => [flops, median])).toEqual([
      [1, 2],
      [2, 1.1],
    ]);
  });

  test('networks that did not train have a panel a setting, beside those that did; no figure where all trained', () => {
    const lost = [
      { error: 'diverged' as const, depths: [3, 4], params: 7 },
      { error: 80, trainLoss: 2.2, epochs: [80] },
    ];
    const hot = madeArm('hot/A', [{ error: 5, depths: [1, 1], params: 9 }, ...lost, { error: 'failed' }], 'hot', 'A');
    const mild = madeArm('mild/A', [{ error: 5 }, { error: 6 }], 'mild', 'A');
    const analysis = analysisOf(hot, mild);
    expect(sizedNetworks(analysis.arms[0]!)).toEqual(
      expect.arrayContaining([
        { depth: 2, params: 9, lost: false },
        { depth: 7, params: 7, lost: true },
        { depth: 3, params: 1e5, lost: true },
      ]),
    );
    const [figure, ...others] = untrainedFigure(analysis);
    expect(others).toEqual([]);
    const { concat } = figure!.spec as { concat: { title: unknown }[] };
    expect(concat.map(({ title }) => title)).toEqual([
      { text: 'hot', subtitle: '2 of 3 do not train' },
      { text: 'mild', subtitle: '0 of 2 do not train' },
    ]);
    expect(untrainedFigure(analysisOf(mild))).toEqual([]);
  });

  test('what became of the candidates, as shares of all', () => {
    expect(candidateShares(armOf([{ error: 1 }, { error: 2 }]))).toEqual([
      { outcome: 'accepted', share: 0.01 },
      { outcome: 'flops', share: 0.75 },
      { outcome: 'params < 3e6', share: 0.1 },
    ]);
  });

  test('the best of a regime are drawn at the median of its flops, with the range of the bootstrap', () => {
    const points = regimePoints(regimes.arms);
    expect(points.map(({ arm, parameter, flops }) => [arm, parameter, flops])).toEqual(
      [1, 2, 4].flatMap((factor) =>
        ['depth', 'b', 'w_a', 'w_m', 'w_0']
          .sort((a, b) => order.indexOf(a) - order.indexOf(b))
          .map((parameter) => ['RegNetX', parameter, factor * 1_011_500]),
      ),
    );
    const { best } = regimes.arms[1]!.parameters.find(({ name }) => name === 'w_a')!;
    expect(points.find(({ flops, parameter }) => flops === 2 * 1_011_500 && parameter === 'w_a')).toMatchObject(best);
  });
});
