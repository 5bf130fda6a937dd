import { describe, expect, test } from '@jest/globals';
import type { StudyAnalysis } from '@netspace/contracts';
import { madeArm, type MadeNetwork, type MadeOutcome, variedNetworks } from '@netspace/analysis/testing';
import { isWellFormed } from './fixtures/is-well-formed.js';
import { analysisOf, nineArms, partial, twoSpaces } from './fixtures/made-analyses.js';
import { drawFigures, renderReport } from './index.js';

const figures = await drawFigures(twoSpaces);
const page = renderReport({
  title: 'made up',
  facts: [{ label: 'Dataset', value: 'none' }],
  analysis: twoSpaces,
  figures,
});

const pageOf = (analysis: StudyAnalysis): string =>
  renderReport({ title: 'made up', facts: [], analysis, figures: [] });

/** The cells of each row of a table by column; the arms' names are in the first column. */
function tableRows(page: string, index: number): Record<string, string>[] {
  const table = [...page.matchAll(/<table>[^]*?<\/table>/g)][index]![0];
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

  test('every link leads to a section, and every id is there once', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  test('holds the title, the facts and every figure once, those about one arm together', () => {
    expect(page).toContain('<h1>made up</h1>');
    expect(page).toMatch(/<dt>Dataset<\/dt>\s*<dd>none<\/dd>/);
    for (const { svg, narrowSvg, caption } of figures) {
      expect([page.split(svg).length, page.split(narrowSvg).length]).toEqual([2, 2]);
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

  test('its summary counts networks and compares each space with the first', () => {
    const page = pageOf(
      analysisOf(
        madeArm('A', [{ error: 4 }, { error: 5 }, { error: 'diverged' }, { error: 'failed' }]),
        madeArm('B', [{ error: 1 }, { error: 2 }, { error: 3 }]),
      ),
    );
    const [a, b] = tableRows(page, 0);
    expect(a).toMatchObject({
      space: 'A',
      networks: '3 of 4',
      completed: '2',
      diverged: '1',
      failed: '1',
      'degrees of freedom': '10',
      size: '3.2e14',
      'min error': '4.00 %',
      median: '5.00 %',
      mean: '36.33 %',
      'KS distance': '–',
      p: '–',
    });
    // 3 against 3 without overlap: D = 1, p = 2 / C(6, 3).
    expect(b).toMatchObject({ space: 'B', networks: '3', 'KS distance': '1.000', p: '0.100' });
    expect(page).toContain('too often to conclude');
    expect(page).toMatch(/<code>A-3<\/code>: out of memory/);
  });

  test('its summary adjusts p for the number of comparisons, and says which spaces it cannot compare', () => {
    const errors = (low: number): MadeNetwork[] => [0, 1, 2].map((step) => ({ error: low + step }));
    const made = { A: errors(50), B: errors(10), C: errors(20), D: [{ error: 'failed' as const }] };
    const page = pageOf(analysisOf(...Object.entries(made).map(([name, networks]) => madeArm(name, networks))));
    const column = (name: string): (string | undefined)[] => tableRows(page, 0).map((row) => row[name]);
    expect(column('p')).toEqual(['–', '0.100', '0.100', '–']);
    expect(column('adjusted p')).toEqual(['–', '0.200', '0.200', '–']);
    expect(page).toContain('Among 2 comparisons');
    expect(page).toContain('D has no trained network: it is compared with no other.');
  });

  test('says of partial results, at its head and in its tables, n of N, and counts what failed', () => {
    const page = pageOf(partial);
    const note = 'Partial results: 12 of 18 networks of AnyNetX-A (2 failed).';
    expect(page.indexOf(note)).toBeGreaterThan(0);
    expect(page.indexOf(note)).toBeLessThan(page.indexOf('Summary'));
    expect(tableRows(page, 0)[0]).toMatchObject({ networks: '12 of 18', completed: '11', diverged: '1', failed: '2' });
    expect(tableRows(page, 1)[0]).toMatchObject({ accepted: '18', trained: '12 of 18', diverged: '1', failed: '2' });
    expect(page).toContain('1 that diverged and 2 that failed are not among them');
    expect(pageOf(twoSpaces)).not.toContain('Partial');
  });

  test('counts trainings where there are several of a network', () => {
    const replicated = (...errors: MadeOutcome[]): MadeNetwork => ({ error: errors });
    const page = pageOf(
      analysisOf(madeArm('A', [replicated(1, 2), replicated(3, 'failed'), replicated(4, 'missing')])),
    );
    expect(page).toContain('Partial results: 3 of 3 networks of A (4 of 6 trainings, 1 failed).');
    expect(tableRows(page, 0)[0]).toMatchObject({ networks: '3', trainings: '4 of 6, 1 failed', failed: '0' });
    expect(page).toMatch(/<code>A-1<\/code> \(replicate 1\): out of memory/);
  });

  test('names arms by setting and space, and tells nine of them apart', () => {
    const rows = tableRows(pageOf(nineArms), 0);
    expect(rows.map((row) => row['setting / space'])).toContain('bfloat16 / RegNetX');
    const keys = [...pageOf(nineArms).matchAll(/stroke="(#\w+)"\s+stroke-width="3"\s+stroke-dasharray="([^"]*)"/g)];
    expect(new Set(keys.map(([, colour, dash]) => `${colour} ${dash}`)).size).toBe(9);
  });

  test('shows spaces beside the first of their setting, and settings of a space beside the first of them', () => {
    const page = pageOf(nineArms);
    expect(tableRows(page, 0).map((row) => row['KS distance'] !== '–')).toEqual([
      ...[false, true, true],
      ...[false, true, true],
      ...[false, true, true],
    ]);
    const pairs = tableRows(page, 1).map((row) => [row['setting / space'], row.against]);
    expect(pairs).toEqual(
      ['long', 'bfloat16'].flatMap((setting) =>
        ['AnyNetX-A', 'AnyNetX-E', 'RegNetX'].map((space) => [`${setting} / ${space}`, `short / ${space}`]),
      ),
    );
    expect(page).toContain('Among 12 comparisons');
    expect(page).toContain('Where two settings train the same networks');
  });

  test('shows settings of one space in the rows of the summary', () => {
    const arms = ['short', 'long'].map((setting, row) =>
      madeArm(`${setting}/A`, variedNetworks(9, 10 + row), setting, 'A'),
    );
    const page = pageOf(analysisOf(...arms));
    expect(tableRows(page, 0).map((row) => row['KS distance'] !== '–')).toEqual([false, true]);
    expect(page).not.toContain('>against<');
  });

  test('gives each value of a fact its line', () => {
    const facts = [{ label: 'Regime', value: ['small: few', 'large: many'] }];
    const page = renderReport({ title: 'made up', facts, analysis: twoSpaces, figures: [] });
    expect(page).toMatch(/<dt>Regime<\/dt>\s*<dd>small: few<\/dd>\s*<dd>large: many<\/dd>/);
  });

  test('lists the best networks of all arms together, with their configuration and the command that exports them', () => {
    const best = tableRows(page, 2);
    expect(best).toHaveLength(10);
    expect(best[0]).toMatchObject({ space: 'RegNetX', error: '15.00 %' });
    const errors = best.map(({ error }) => parseFloat(error!));
    expect(errors).toEqual([...errors].sort((a, b) => a - b));
    expect(new Set(best.map(({ space }) => space)).size).toBe(2);
    const blocks = [...page.matchAll(/<pre>([^]*?)<\/pre>/g)].map((match) => match[1]!.replaceAll('&quot;', '"'));
    expect(blocks.filter((_, index) => index % 2 === 0)).toEqual(
      best.map((row) => `netspace study export STUDY ${row['network id']} --format saved-model`),
    );
    expect(JSON.parse(blocks[1]!)).toEqual(twoSpaces.arms[1]!.networks[0]!.network.config);
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
    const page = renderReport({ title: nasty, facts, analysis, figures: await drawFigures(analysis) });
    expect(page).not.toContain('<b ');
    expect(page).not.toMatch(/&(?!(amp|lt|gt|quot|#39|nbsp);)/);
    expect(isWellFormed(page)).toBe(true);
  });

  test.each([
    ['one network', analysisOf(madeArm('A', [{ error: 5 }]))],
    ['all diverged', analysisOf(madeArm('A', [{ error: 'diverged' }]), madeArm('B', [{ error: 'failed' }]))],
  ])('%s: a page without gaps', async (_, analysis) => {
    const page = renderReport({ title: 'made up', facts: [], analysis, figures: await drawFigures(analysis) });
    expect(isWellFormed(page)).toBe(true);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });
});
