import { describe, expect, test } from '@jest/globals';
import { type FigureKind, type FigureSpec, InvalidInputError, type StudyAnalysis } from '@netspace/contracts';
import { analyseStudy } from '@netspace/analysis';
import { madeArm, madeLatencies, madeStudy, variedNetworks } from '@netspace/analysis/testing';
import { drawSvg } from './draw-svg.js';
import { figureKinds } from './figure-kinds.js';
import { figureStyle } from './figure-style.js';
import { isWellFormed } from './fixtures/is-well-formed.js';
import { analysisOf, nineArms, partial, regimes, twoSpaces } from './fixtures/made-analyses.js';
import { drawFigures } from './index.js';

const drawn = await drawFigures(twoSpaces);

const degenerate: [string, StudyAnalysis][] = [
  ['one network', analysisOf(madeArm('A', [{ error: 5 }]))],
  ['all diverged', analysisOf(madeArm('A', [{ error: 'diverged' }, { error: 'diverged' }]))],
  ['all failed', analysisOf(madeArm('A', [{ error: 'failed' }]))],
  ['nothing trained', analysisOf(madeArm('A', [{ error: 'missing' }]))],
  ['one space diverged', analysisOf(madeArm('A', [{ error: 'diverged' }]), madeArm('B', variedNetworks(9, 3)))],
  [
    'equal errors',
    analysisOf(
      madeArm(
        'A',
        variedNetworks(8, 3).map((one) => ({ ...one, error: 4 })),
      ),
    ),
  ],
  ['an error of zero', analysisOf(madeArm('A', variedNetworks(8, 0)))],
  ['errors up to 100', analysisOf(madeArm('A', [{ error: 1 }, { error: 99.9 }, { error: 'diverged' }]))],
];

describe('drawFigures(analysis)', () => {
  test('draws figures of every kind of a whole study', () => {
    // What is about several comparisons, settings or regimes needs as many.
    const own = { 'compared-edfs': nineArms, 'settings-edfs': nineArms, 'regime-trends': regimes };
    for (const [name, kind] of Object.entries(figureKinds)) {
      const analysis = (own as Partial<Record<string, StudyAnalysis>>)[name] ?? twoSpaces;
      expect(kind(analysis, figureStyle(analysis)).length).toBeGreaterThan(0);
    }
  });

  test('gives well-formed SVG of distinct names, with axes, no missing number, and nothing to load', () => {
    expect(new Set(drawn.map(({ name }) => name)).size).toBe(drawn.length);
    for (const { name } of drawn) expect(name).toMatch(/^[a-z0-9-]+$/);
    for (const svg of drawn.flatMap((figure) => [figure.svg, figure.narrowSvg])) {
      expect(svg).toMatch(/^<svg /);
      expect(isWellFormed(svg)).toBe(true);
      expect(svg).not.toMatch(/NaN|undefined|null|Infinity/);
      expect(svg).not.toMatch(/href="(?!#)|src=|url\((?!#)|<script|<image/);
      expect(svg).toMatch(/<text [^>]*>[^<]+<\/text>/);
    }
  });

  test('has a layout that a phone shrinks little', () => {
    for (const { narrowSvg } of drawn) {
      expect(Number(/^<svg [^>]*width="(\d+(\.\d+)?)"/.exec(narrowSvg)![1])).toBeLessThan(450);
    }
  });

  test('names every arm where it shows several, and says which arm a figure is about', () => {
    // That of networks that do not train has the spaces of a setting in one panel.
    const shared = drawn.filter(({ arm, name }) => arm === undefined && name !== 'untrained');
    expect(shared).toHaveLength(7);
    for (const { svg } of shared) {
      expect(svg).toContain('AnyNetX-A');
      expect(svg).toContain('RegNetX');
    }
    expect(drawn.filter(({ arm }) => arm === 'RegNetX').map(({ name }) => name)).toEqual([
      'error-against-parameters-regnetx',
      'widths-of-networks-regnetx',
    ]);
  });

  test('writes above each parameter the range that the analysis has', () => {
    // An analysis and its figures once said different things of the same run, each computing by itself.
    const [arm] = twoSpaces.arms;
    const { svg } = drawn.find(({ name }) => name === 'error-against-parameters-anynetx-a')!;
    const { low, median, high } = arm!.parameters.find(({ name }) => name === 'w[4]')!.best;
    expect(svg).toContain(`best ${median} [${low}, ${high}]`);
  });

  test('says n, the lowest and the mean error of each arm in the legend of the EDF', async () => {
    const [edf] = await drawFigures(analysisOf(madeArm('A', [{ error: 4 }, { error: 5 }, { error: 'diverged' }])));
    expect(edf!.name).toBe('error-edf');
    expect(edf!.svg).toContain('A: n = 3, min 4.00 %, mean 36.33 %');
  });

  test('says of partial results, in legend and captions, n of N', async () => {
    const figures = await drawFigures(partial);
    expect(figures[0]!.svg).toContain('AnyNetX-A: n = 12 of 18, min');
    for (const { name, caption } of figures) {
      if (name === 'sampling-effort') continue; // Its candidates are all there.
      expect(caption).toContain('Partial results: 12 of 18 networks of AnyNetX-A (2 failed).');
    }
  });

  test('has a row of panels of inference times for each engine and size of a pass, and says what the engines are', async () => {
    const [single] = madeLatencies([madeArm('A', variedNetworks(9, 3))]);
    const latencies = [single!, { ...single!, batchSize: 64 }, { ...single!, engine: 'other', description: 'another' }];
    const study = madeStudy([madeArm('A', variedNetworks(9, 3))]);
    const figures = await drawFigures(analyseStudy({ ...study, latencies }));
    const { caption, svg } = figures.find(({ name }) => name === 'latency')!;
    const titles = ['made, single images', 'made, batches of 64', 'other, single images'];
    expect(titles.map((title) => svg.split(`>${title}</text>`).length - 1)).toEqual([3, 3, 3]);
    expect(caption).toMatch(/made: made up\. other: another\.$/);
    expect(drawn.find(({ name }) => name === 'latency')!.caption).toMatch(/as a line\. made: made up\.$/);
  });

  test('draws the same each time, with ids that differ between figures', async () => {
    const analysis = analysisOf(madeArm('A', variedNetworks(9, 3)));
    expect(await drawFigures(analysis)).toEqual(await drawFigures(analysis));
    const ids = drawn.flatMap(({ svg, narrowSvg }) =>
      [...(svg + narrowSvg).matchAll(/ id="([^"]*)"/g)].map((match) => match[1]),
    );
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(degenerate)('%s: only figures that show something', async (_, analysis) => {
    for (const { svg } of await drawFigures(analysis)) {
      expect(isWellFormed(svg)).toBe(true);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});

describe('drawFigures(analysis, control)', () => {
  const small = analysisOf(madeArm('A', [{ error: 'missing' }]));
  const chart = { mark: 'point', data: { values: [{ x: 1 }] }, encoding: { x: { field: 'x', type: 'quantitative' } } };
  const made: FigureSpec = { name: 'mine', title: 'Mine', caption: 'Made up.', spec: chart };

  test('tells each figure when it is drawn, and how many there are', async () => {
    const seen: string[] = [];
    await drawFigures(small, { onFigure: ({ name }, done, all) => seen.push(`${name} ${done} of ${all}`) });
    expect(seen).toEqual(['sampling-effort 1 of 1']);
  });

  test('ends between two figures with the reason of its signal', async () => {
    const controller = new AbortController();
    const seen: string[] = [];
    const drawing = drawFigures(twoSpaces, {
      signal: controller.signal,
      onFigure: ({ name }) => {
        seen.push(name);
        setTimeout(() => controller.abort(new Error('interrupted')));
      },
    });
    await expect(drawing).rejects.toThrow('interrupted');
    expect(seen).toEqual(['error-edf']);
  });

  test('draws kinds from outside after those of netspace, with the analysis and the style', async () => {
    const kind: FigureKind = ({ arms }, style) =>
      arms.map(({ name }) => ({ ...made, name: `mine-${style.arms[name]!.slug}`, arm: name }));
    const figures = await drawFigures(small, { kinds: { mine: kind } });
    expect(figures.map(({ name }) => name)).toEqual(['sampling-effort', 'mine-a']);
    expect(figures[1]!.svg).toMatch(/^<svg /);
  });

  test.each<[string, unknown, string]>([
    ['no list', undefined, 'figures.mine: what it returns: got nothing (valid: a list of figures)'],
    [
      'a path as a name',
      [{ ...made, name: '../mine' }],
      'figures.mine: name: got "../mine" (valid: letters, digits, - and _)',
    ],
    [
      'a name twice',
      [made, { ...made, name: 'MINE' }],
      'figures.mine: name: got "MINE" (valid: a name that no other figure has)',
    ],
    ['a name of netspace’s', [{ ...made, name: 'sampling-effort' }], 'a name that no other figure has'],
    ['an unknown arm', [{ ...made, arm: 'B' }], 'figures.mine: arm of mine: got "B" (valid: A)'],
    ['no title', [{ ...made, title: undefined }], 'figures.mine: title of mine: got nothing (valid: text)'],
    ['no specification', [{ ...made, spec: 'chart' }], 'spec of mine: got "chart" (valid: a Vega-Lite specification)'],
    [
      'an unknown mark',
      [{ ...made, spec: { ...chart, mark: 'sparkle' } }],
      'figures.mine: spec of mine: cannot be drawn: ',
    ],
    [
      'data elsewhere',
      [{ ...made, spec: { ...chart, data: { url: 'a.json' } } }],
      'figures.mine: spec of mine: cannot be drawn: a figure holds its data',
    ],
    [
      'an image elsewhere',
      [{ ...made, spec: { ...chart, mark: { type: 'image', url: 'http://a/b.png' } } }],
      'figures.mine: spec of mine: cannot be drawn: a figure holds its data',
    ],
  ])('names the kind that gave %s', async (_, specs, message) => {
    const kinds = { mine: () => specs as FigureSpec[] };
    await expect(drawFigures(small, { kinds })).rejects.toThrow(message);
  });

  test('names the kind that throws, and one of a name that is taken', async () => {
    const throwing: FigureKind = () => {
      throw new TypeError('x is not a function');
    };
    await expect(drawFigures(small, { kinds: { mine: throwing } })).rejects.toThrow(
      'figures.mine: x is not a function',
    );
    const named: FigureKind = () => {
      throw new InvalidInputError({ file: 'mine.mjs', key: 'figures.mine', problem: 'no such data' });
    };
    await expect(drawFigures(small, { kinds: { mine: named } })).rejects.toThrow(
      /^mine\.mjs: figures\.mine: no such data$/,
    );
    await expect(drawFigures(small, { kinds: { trends: () => [made] } })).rejects.toThrow(
      'figures.trends: is a figure of netspace (valid: another name)',
    );
  });
});

test('drawSvg(spec, name) refuses a specification that Vega warns of', async () => {
  const encoding = { x: { field: 'x', type: 'quantitative', scale: { type: 'log', zero: true } } };
  await expect(drawSvg({ data: { values: [{ x: 1 }] }, mark: 'point', encoding }, 'a')).rejects.toThrow(/\w/);
});
