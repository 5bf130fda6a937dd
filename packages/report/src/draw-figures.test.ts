import { describe, expect, test } from '@jest/globals';
import { blockPoints, shownNetworks } from './figures/widths-of-networks.js';
import { candidateShares } from './figures/sampling-effort.js';
import { edfPoints } from './figures/error-edf.js';
import { expectedBestPoints } from './figures/expected-best-error.js';
import { figureKinds } from './figure-kinds.js';
import { fitPoints } from './figures/error-against-fit-error.js';
import { isWellFormed } from './fixtures/is-well-formed.js';
import { madeLatencies, madeSpace, madeStudy, type MadeNetwork, variedNetworks } from './fixtures/made-study.js';
import { figures, type ReportInput } from './index.js';
import { type SpaceView, viewStudy } from './study-view.js';

const viewOf = (networks: readonly MadeNetwork[]): SpaceView =>
  viewStudy(madeStudy([madeSpace('A', networks)])).spaces[0]!;

describe('what figures show', () => {
  test('an EDF has every step inside the axis, from one end to the other', () => {
    const view = viewOf([{ error: 20 }, { error: 10 }, { error: 'diverged' }, { error: 10 }]);
    expect(edfPoints(view, [5, 25])).toEqual([
      { error: 5, share: 0 },
      { error: 10, share: 0.5 },
      { error: 20, share: 0.75 },
      { error: 25, share: 0.75 },
    ]);
  });

  test('the expected lowest error of 1, 2 and 3 of three networks', () => {
    const view = viewOf([{ error: 6 }, { error: 3 }, { error: 9 }]);
    expect(expectedBestPoints(view).map(({ networks, error }) => [networks, expect.closeTo(error, 9)])).toEqual([
      [1, 6],
      [2, 4],
      [3, 3],
    ]);
  });

  test('a network is drawn block by block beside its rule', () => {
    // 64, 128, 256, 256 are the widths of w_0 = 64, w_a = 64, w_m = 2.
    const [network] = viewOf([{ error: 1, depths: [1, 1, 2], widths: [64, 128, 256] }]).networks;
    expect(blockPoints(network!)).toEqual([
      { block: 1, width: 64, predicted: 64 },
      { block: 2, width: 128, predicted: 128 },
      { block: 3, width: 256, predicted: 256 },
      { block: 4, width: 256, predicted: 256 },
    ]);
  });

  test.each([
    [1, ['best 1']],
    [4, ['best 1', 'best 2 2', 'best 3 3', 'best 4 4']],
    [7, ['best 1', 'best 2 2', 'best 3 3', 'best 4 4', 'worst 7']],
  ])('of %d networks that completed, the best four and the worst', (count, labels) => {
    const networks: MadeNetwork[] = Array.from({ length: count }, (_, index) => ({ error: count - index }));
    const shown = shownNetworks(viewOf([...networks, { error: 'diverged' }]));
    expect(shown.map(({ label, network }) => `${label} ${network.error}`)).toEqual(labels);
  });

  test('only networks that completed and are fitted stand beside their e_fit', () => {
    const space = madeSpace('A', [{ error: 1 }, { error: 2 }, { error: 'diverged' }]);
    const { 'A-0': left, ...fits } = space.fits;
    const view = viewStudy(madeStudy([{ ...space, fits }])).spaces[0]!;
    expect(left).toBeDefined();
    expect(fitPoints(view)).toEqual([{ fitError: space.fits['A-1']!.fitError, error: 2 }]);
  });

  test('what became of the candidates, as shares of all', () => {
    expect(candidateShares(viewOf([{ error: 1 }, { error: 2 }]))).toEqual([
      { outcome: 'accepted', share: 0.01 },
      { outcome: 'flops', share: 0.75 },
      { outcome: 'params < 3e6', share: 0.1 },
    ]);
  });
});

const spaces = [madeSpace('AnyNetX-A', variedNetworks(24, 20)), madeSpace('RegNetX', variedNetworks(30, 15))];
const study = { ...madeStudy(spaces), latencies: madeLatencies(spaces) };

const drawn = await figures(study);

const degenerate: [string, ReportInput][] = [
  ['one network', madeStudy([madeSpace('A', [{ error: 5 }])])],
  ['all diverged', madeStudy([madeSpace('A', [{ error: 'diverged' }, { error: 'diverged' }])])],
  ['all failed', madeStudy([madeSpace('A', [{ error: 'failed' }])])],
  ['nothing trained', madeStudy([{ ...madeSpace('A', [{ error: 5 }]), records: [] }])],
  ['one space diverged', madeStudy([madeSpace('A', [{ error: 'diverged' }]), madeSpace('B', variedNetworks(9, 3))])],
  [
    'equal errors',
    madeStudy([
      madeSpace(
        'A',
        variedNetworks(8, 3).map((one) => ({ ...one, error: 4 })),
      ),
    ]),
  ],
  ['an error of zero', madeStudy([madeSpace('A', variedNetworks(8, 0))])],
  ['errors up to 100', madeStudy([madeSpace('A', [{ error: 1 }, { error: 99.9 }, { error: 'diverged' }])])],
  ['not fitted', madeStudy([{ ...madeSpace('A', variedNetworks(8, 3)), fits: {} }])],
];

describe('figures', () => {
  test('every kind of figure is drawn of a whole study', () => {
    for (const kind of figureKinds) expect(kind(viewStudy(study)).length).toBeGreaterThan(0);
  });

  test('are well-formed SVG of distinct names, with axes, no missing number, and nothing to load', () => {
    expect(new Set(drawn.map(({ name }) => name)).size).toBe(drawn.length);
    for (const { name } of drawn) expect(name).toMatch(/^[a-z0-9-]+$/);
    for (const svg of drawn.flatMap((figure) => [figure.svg, figure.narrowSvg])) {
      expect(svg).toMatch(/^<svg /);
      expect(isWellFormed(svg)).toBe(true);
      expect(svg).not.toMatch(/NaN|undefined|null|Infinity/);
      expect(svg).not.toMatch(/href=|src=|url\((?!#)|<script|<image/);
      expect(svg).toContain('role-axis');
    }
  });

  test('have a layout that a phone shrinks little', () => {
    for (const { narrowSvg } of drawn) {
      expect(Number(/^<svg [^>]*width="(\d+(\.\d+)?)"/.exec(narrowSvg)![1])).toBeLessThan(450);
    }
  });

  test('name every space where they show several', () => {
    const shared = drawn.filter(({ name }) =>
      /^(error-edf|expected|trends|latency|sampling|error-against-fit)/.test(name),
    );
    expect(shared).toHaveLength(6);
    for (const { svg } of shared) {
      expect(svg).toContain('AnyNetX-A');
      expect(svg).toContain('RegNetX');
    }
  });

  test('the EDF names n, the lowest and the mean error of each space', async () => {
    const [edf] = await figures(madeStudy([madeSpace('A', [{ error: 4 }, { error: 5 }, { error: 'diverged' }])]));
    expect(edf!.name).toBe('error-edf');
    expect(edf!.svg).toContain('A: n = 3, min 4.00 %, mean 36.33 %');
  });

  test('are the same each time, with ids that differ between them', async () => {
    expect(await figures(study)).toEqual(drawn);
    const ids = drawn.flatMap(({ svg, narrowSvg }) =>
      [...(svg + narrowSvg).matchAll(/ id="([^"]*)"/g)].map((match) => match[1]),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(degenerate)('%s: only figures that show something', async (_, input) => {
    for (const { svg } of await figures(input)) {
      expect(isWellFormed(svg)).toBe(true);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  test('a specification that Vega warns of is not drawn', async () => {
    const { drawSvg } = await import('./draw-svg.js');
    const encoding = { x: { field: 'x', type: 'quantitative', scale: { type: 'log', zero: true } } } as const;
    await expect(drawSvg({ data: { values: [{ x: 1 }] }, mark: 'point', encoding })).rejects.toThrow('drawSvg: ');
  });
});
