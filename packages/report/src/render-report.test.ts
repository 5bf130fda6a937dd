import { describe, expect, test } from '@jest/globals';
import type { StudyAnalysis } from '@netspace/contracts';
import { analyseStudy } from '@netspace/analysis';
import {
  madeArm,
  madeLatencies,
  type MadeNetwork,
  type MadeOutcome,
  madeStudy,
  variedNetworks,
} from '@netspace/analysis/testing';
import { isWellFormed } from './fixtures/is-well-formed.js';
import { analysisOf, nineArms, partial, twoSpaces } from './fixtures/made-analyses.js';
import { parse } from 'yaml';
import { drawFigures, renderReport } from './index.js';

const figures = await drawFigures(twoSpaces);
const page = renderReport({
  title: 'made up',
  facts: [{ label: 'Dataset', value: 'none' }],
  study: null,
  analysis: twoSpaces,
  figures,
});

const pageOf = (analysis: StudyAnalysis): string =>
  renderReport({ title: 'made up', facts: [], study: null, analysis, figures: [] });

/** The cells of each row of the first table of a section by column; the arms' names are in the first column. */
function tableRows(page: string, section: string): Record<string, string>[] {
  const table = /<table[^>]*>[^]*?<\/table>/.exec(page.slice(page.indexOf(`<section id="${section}"`)))![0];
  const [header, ...rows] = [...table.matchAll(/<tr>[^]*?<\/tr>/g)].map(([row]) =>
    [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map((cell) => cell[1]!.replace(/<[^>]*>|\s+/g, ' ').trim()),
  );
  return rows.map((row) => Object.fromEntries(header!.map((name, column) => [name, row[column]!])));
}

describe('renderReport(input)', () => {
  test('is one well-formed page that loads nothing and runs nothing', () => {
    expect(page).toMatch(/^<!doctype html>/);
    expect(isWellFormed(page)).toBe(true);
    expect(page).not.toMatch(/<script|<link|<iframe|<img| src=| on\w+=|@import|url\((?!#)/);
    expect([...page.matchAll(/href="([^"]*)"/g)].every((match) => match[1]!.startsWith('#'))).toBe(true);
    expect(page.replaceAll(/ xmlns(:xlink)?="[^"]*"/g, '')).not.toContain('http');
  });

  test('each table tells its style the names of its columns, which a narrow screen shows in front of the cells', () => {
    const tables = [...page.matchAll(/<table style="([^"]*)">[^]*?<thead>([^]*?)<\/thead>/g)];
    expect(tables.length).toBeGreaterThan(3);
    for (const [, style, head] of tables) {
      const names = [...style!.matchAll(/--name-(\d+):&quot;(.*?)&quot;/g)].map(([, number, name]) => [number, name]);
      const headers = [...head!.matchAll(/<th[^>]*>([^<]*)</g)].map(([, header], index) => [`${index + 1}`, header]);
      expect(names).toEqual(headers);
      for (const [number] of names)
        expect(page).toContain(`td:nth-child(${number})::before { content: var(--name-${number}); }`);
    }
  });

  test('every link leads to a section, and every id is there once', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  test('holds the title, the facts and every figure once, those about one arm together', () => {
    expect(page).toContain('<h1>made up</h1>');
    expect(page).toMatch(/<dt>Dataset<\/dt>\s*<dd>none<\/dd>/);
    for (const { arm, svg, narrowSvg, caption } of figures) {
      expect([page.split(svg).length, page.split(narrowSvg).length]).toEqual([2, arm === undefined ? 2 : 1]);
      expect(page).toContain(`<figcaption>${caption}</figcaption>`);
    }
    const headings = [...page.matchAll(/<h([23])[^>]*>([^<]*)</g)].map(([, level, text]) => `${level} ${text}`);
    const first = headings.indexOf('2 Figures of AnyNetX-A');
    expect(headings.slice(first, first + 4)).toEqual([
      '2 Figures of AnyNetX-A',
      '3 Error against parameters, AnyNetX-A',
      '3 Best and worst networks, AnyNetX-A',
      '2 Figures of RegNetX',
    ]);
  });

  test('counts the networks of each space, those that did not learn and those that diverged apart', () => {
    const untrained = { error: 80, epochs: [80], trainLoss: 2.2 };
    const page = pageOf(
      analysisOf(
        madeArm('A', [{ error: 4 }, { error: 5 }, { error: 'diverged' }, { error: 'failed' }, untrained]),
        madeArm('B', [{ error: 1 }, { error: 2 }, { error: 3 }]),
      ),
    );
    const [a, b] = tableRows(page, 'summary');
    expect(a).toMatchObject({
      ...{ space: 'A', networks: '4 of 5', learned: '2', 'did not learn': '1', diverged: '1', failed: '1' },
      ...{ 'degrees of freedom': '10', size: '3.2e14', 'min error': '4.00 %', median: '42.50 %', mean: '47.25 %' },
    });
    expect(b).toMatchObject({ space: 'B', networks: '3', learned: '3', 'did not learn': '0' });
    const elsewhere = analyseStudy(madeStudy([{ ...madeArm('C', [{ error: 1 }, { error: 2 }]), chanceLoss: null }]));
    expect(tableRows(pageOf(elsewhere), 'summary')[0]).toMatchObject({ learned: '–', 'did not learn': 'not known' });
    expect(page).toMatch(/<code>A-3<\/code>: out of memory/);
  });

  test('compares spaces by effects with intervals first, and tests beside', () => {
    const errors = (low: number): MadeNetwork[] => [0, 1, 2, 3].map((step) => ({ error: low + step }));
    const made = { A: errors(50), B: errors(10), C: errors(51), D: [{ error: 'failed' as const }] };
    const page = pageOf(analysisOf(...Object.entries(made).map(([name, networks]) => madeArm(name, networks))));
    const [b, c, ...others] = tableRows(page, 'comparisons');
    expect(others.filter((row) => row.space === 'D')).toEqual([]);
    // 4 against 4 without overlap: p = 2 / C(8, 4), and twice that for two comparisons.
    expect(b).toMatchObject({
      space: 'B',
      against: 'A',
      networks: '4 and 4',
      KS: '1.00',
      p: '0.029',
      'adjusted p': '0.057',
    });
    expect(b!['better by (median)']).toBe('40.00 [37.00, 43.00]');
    expect(c!['better by (median)']).toMatch(/^−1\.00 \[/);
    // P(B < A) = 1, of which there is no interval; of C, (6 + 3 / 2) ... of 16 pairs: 3 lower and 3 equal.
    expect(b!['chance of improvement']).toBe('1.00');
    expect(c!['chance of improvement']).toMatch(/^0\.28 \[/);
    expect(page).toContain('makes up for 2 comparisons');
    expect(page).toContain('D has no trained network: it is compared with no other.');
  });

  test('begins with the claims and what is decided of them', () => {
    const claims = [
      { verdict: 'supported' as const, decidingNetworks: null, adjustedFalseP: 0.01, adjustedTrueP: 1 },
      { verdict: 'undecided' as const, decidingNetworks: 77, adjustedFalseP: 0.3, adjustedTrueP: 1 },
      { verdict: 'undecided' as const, decidingNetworks: null, adjustedFalseP: 1, adjustedTrueP: 1 },
    ].map((decided) => ({
      ...{ name: 'c', statement: 'One is enough.', source: 'section 9', where: 'A to B', statistic: 'rise' },
      ...{ unit: 'percentage points', effect: -0.5, interval: { low: -1.25, high: 0.25 }, test: 't', margin: 1 },
      ...{ falseP: 0.01, trueP: 1, networks: 9 },
      ...decided,
    }));
    const page = pageOf({ ...twoSpaces, claims });
    expect(page.indexOf('id="claims"')).toBeLessThan(page.indexOf('id="best-networks"'));
    expect(page.indexOf('id="best-networks"')).toBeLessThan(page.indexOf('id="summary"'));
    const rows = tableRows(page, 'claims');
    expect(rows.map(({ verdict, 'n to decide': needed }) => [verdict, needed])).toEqual([
      ['supported', ''],
      ['undecided', '77'],
      ['undecided', 'not known'],
    ]);
    expect(rows[0]!['effect [95 % interval]']).toBe('rise: −0.50 [−1.25, 0.25] percentage points');
    expect(pageOf(twoSpaces)).not.toContain('id="claims"');
  });

  test('says of partial results, at its head and in its tables, n of N, and counts what failed', () => {
    const page = pageOf(partial);
    const note = 'Partial results: 12 of 18 networks of AnyNetX-A (2 failed).';
    expect(page.indexOf(note)).toBeGreaterThan(0);
    expect(page.indexOf(note)).toBeLessThan(page.indexOf('id="summary"'));
    expect(tableRows(page, 'summary')[0]).toMatchObject({
      networks: '12 of 18',
      learned: '11',
      diverged: '1',
      failed: '2',
    });
    expect(tableRows(page, 'candidates')[0]).toMatchObject({
      accepted: '18',
      trained: '12 of 18',
      diverged: '1',
      failed: '2',
    });
    expect(page).toContain('1 that diverged and 2 that failed are not among them');
    expect(pageOf(twoSpaces)).not.toContain('Partial');
  });

  test('counts trainings where there are several of a network', () => {
    const replicated = (...errors: MadeOutcome[]): MadeNetwork => ({ error: errors });
    const page = pageOf(
      analysisOf(madeArm('A', [replicated(1, 2), replicated(3, 'failed'), replicated(4, 'missing')])),
    );
    expect(page).toContain('Partial results: 3 of 3 networks of A (4 of 6 trainings, 1 failed).');
    expect(tableRows(page, 'summary')[0]).toMatchObject({ networks: '3', trainings: '4 of 6, 1 failed', failed: '0' });
    expect(page).toMatch(/<code>A-1<\/code> \(replicate 1\): out of memory/);
  });

  test('names arms by setting and space, and tells nine of them apart', () => {
    const rows = tableRows(pageOf(nineArms), 'summary');
    expect(rows.map((row) => row['setting / space'])).toContain('bfloat16 / RegNetX');
    const keys = [...pageOf(nineArms).matchAll(/stroke="(#\w+)"\s+stroke-width="3"\s+stroke-dasharray="([^"]*)"/g)];
    expect(new Set(keys.map(([, colour, dash]) => `${colour} ${dash}`)).size).toBe(9);
  });

  test('compares spaces with the first of their setting, and each space with itself in the first setting', () => {
    const page = pageOf(nineArms);
    const pairs = tableRows(page, 'comparisons').map((row) => [row['setting / space'], row.against]);
    const ofSpaces = ['short', 'long', 'bfloat16'].flatMap((setting) =>
      ['AnyNetX-E', 'RegNetX'].map((space) => [`${setting} / ${space}`, `${setting} / AnyNetX-A`]),
    );
    const ofSettings = ['long', 'bfloat16'].flatMap((setting) =>
      ['AnyNetX-A', 'AnyNetX-E', 'RegNetX'].map((space) => [`${setting} / ${space}`, `short / ${space}`]),
    );
    for (const pair of [...ofSpaces, ...ofSettings]) expect(pairs).toContainEqual(pair);
    expect(page).toContain('makes up for 12 comparisons');
    expect(page).toContain('Where two settings train the same networks');
  });

  test('tells what inference time follows, by engine and size of a pass', () => {
    const arms = [madeArm('A', variedNetworks(9, 3))];
    const [single] = madeLatencies(arms);
    const latencies = [single!, { ...single!, engine: 'other', batchSize: 64 }];
    const timed = analyseStudy({ ...madeStudy(arms), latencies });
    const page = renderReport({ title: 't', facts: [], study: null, analysis: timed, figures: [] });
    const { pearson, spearman } = timed.arms[0]!.latencies[0]!.correlations.acts!;
    const section = page.slice(page.indexOf('id="inference-times"'));
    const rows = /<tbody>[^]*?<\/tbody>/.exec(section)![0].split('</tr>');
    expect(rows.map((row) => /(made|other)<.*?(single images|batches of 64)</s.exec(row)?.slice(1))).toEqual([
      ['made', 'single images'],
      ['other', 'batches of 64'],
      undefined,
    ]);
    expect(rows[0]).toContain(`>${pearson.toFixed(2)}, ${spearman.toFixed(2)}<`);
    const untimed = renderReport({
      title: 't',
      facts: [],
      study: null,
      analysis: analyseStudy(madeStudy(arms)),
      figures: [],
    });
    expect(untimed).not.toContain('inference-times');
  });

  test('tells how much of the errors is luck, and which epoch ranks as the last', () => {
    const networks = Array.from({ length: 30 }, (_, index) => ({
      error: [index + 40, index + 41],
      epochs: [index + 50 + (index % 2), index + 40],
    }));
    const page = pageOf(analysisOf(madeArm('A', networks)));
    const [luck] = tableRows(page, 'repeatability');
    expect(luck).toMatchObject({
      'networks trained again': '30',
      'spread of a network': '0.71',
      'trainings for 0.9': '1',
    });
    expect(page).toMatch(/after epoch 1/);
    expect(tableRows(page, 'best-networks')[0]!['expected error']).toMatch(/^40\.5 \[/);
    expect(pageOf(twoSpaces)).not.toContain('id="repeatability"');
  });

  test('of nine spaces of 60 networks stays under 3 MB', async () => {
    const analysis = analysisOf(
      ...Array.from({ length: 9 }, (_, index) => madeArm(`space ${index}`, variedNetworks(60, 20 + index))),
    );
    const page = renderReport({
      title: 'large',
      facts: [],
      study: null,
      analysis,
      figures: await drawFigures(analysis),
    });
    expect(page.length).toBeLessThan(3e6);
  });

  test('gives each value of a fact its line, and the whole study as YAML', () => {
    const facts = [{ label: 'Regime', value: ['small: few', 'large: many'] }];
    const study = { seed: 7, recipe: { epochs: 4 } };
    const page = renderReport({ title: 'made up', facts, study, analysis: twoSpaces, figures: [] });
    expect(page).toContain('<pre>seed: 7\nrecipe:\n  epochs: 4\n</pre>');
    expect(page).toMatch(/<dt>Regime<\/dt>\s*<dd>small: few<\/dd>\s*<dd>large: many<\/dd>/);
  });

  test('lists the best networks of all arms together, with their configuration and the command that exports them', () => {
    const best = tableRows(page, 'best-networks');
    expect(best).toHaveLength(10);
    expect(best[0]).toMatchObject({ space: 'RegNetX', 'test error': '15.00 %' });
    const errors = best.map((row) => parseFloat(row['test error']!));
    expect(errors).toEqual([...errors].sort((a, b) => a - b));
    expect(new Set(best.map(({ space }) => space)).size).toBe(2);
    const blocks = [...page.matchAll(/<pre>([^]*?)<\/pre>/g)].map((match) => match[1]!.replaceAll('&quot;', '"'));
    expect(blocks.filter((_, index) => index % 2 === 0)).toEqual(
      best.map((row) => `netspace study export STUDY ${row['network id']} --format saved-model`),
    );
    expect(parse(blocks[1]!)).toEqual(twoSpaces.arms[1]!.networks[0]!.network.config);
  });

  test('lists networks by validation error where there is one, and tells the test error of what was chosen', () => {
    const networks = [
      { error: 10, validationError: 14 },
      { error: 12, validationError: 11 },
    ];
    const rows = tableRows(pageOf(analysisOf(madeArm('A', networks))), 'best-networks');
    expect(rows.map((row) => [row.validation, row['test error']])).toEqual([
      ['11.00 %', '12.00 %'],
      ['14.00 %', '10.00 %'],
    ]);
  });

  test('escapes all text that it is given', async () => {
    const nasty = '<b onload="x">&\'';
    const arm = madeArm(nasty, [
      ...variedNetworks(9, 3).map((made, index) => ({ ...made, parameters: { [nasty]: index } })),
      { error: 'failed', parameters: { [nasty]: 9 } },
    ]);
    const records = arm.records.map((record) => (record.status === 'failed' ? { ...record, message: nasty } : record));
    const analysis = analysisOf({ ...arm, size: nasty, records });
    const facts = [{ label: nasty, value: nasty }];
    const page = renderReport({ title: nasty, facts, study: null, analysis, figures: await drawFigures(analysis) });
    expect(page).not.toContain('<b ');
    expect(page).not.toMatch(/&(?!(amp|lt|gt|quot|#39|nbsp);)/);
    expect(isWellFormed(page)).toBe(true);
  });

  test.each([
    ['one network', analysisOf(madeArm('A', [{ error: 5 }]))],
    ['all diverged', analysisOf(madeArm('A', [{ error: 'diverged' }]), madeArm('B', [{ error: 'failed' }]))],
  ])('%s: a page without gaps', async (_, analysis) => {
    const page = renderReport({
      title: 'made up',
      facts: [],
      study: null,
      analysis,
      figures: await drawFigures(analysis),
    });
    expect(isWellFormed(page)).toBe(true);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });
});
