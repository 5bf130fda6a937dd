import { describe, expect, test } from '@jest/globals';
import { isWellFormed } from './fixtures/is-well-formed.js';
import { madeSpace, madeStudy, variedNetworks } from './fixtures/made-study.js';
import { figures, renderReport, type ReportInput } from './index.js';

const study = madeStudy([madeSpace('AnyNetX-A', variedNetworks(24, 20)), madeSpace('RegNetX', variedNetworks(20, 15))]);

const drawn = await figures(study);
const page = await renderReport(study, drawn);

/** The text of a table's cells, row by row. */
function tableRows(page: string, index: number): string[][] {
  const table = [...page.matchAll(/<table>[^]*?<\/table>/g)][index]![0];
  return [...table.matchAll(/<tr>[^]*?<\/tr>/g)].map(([row]) =>
    [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map((cell) => cell[1]!.replace(/<[^>]*>|\s+/g, ' ').trim()),
  );
}

describe('renderReport', () => {
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

  test('holds the title, the facts and every figure', () => {
    expect(page).toContain('<h1>made up</h1>');
    expect(page).toMatch(/<dt>Dataset<\/dt>\s*<dd>none<\/dd>/);
    for (const { title, svg, narrowSvg } of drawn) {
      expect(page).toContain(title);
      expect(page).toContain(svg);
      expect(page).toContain(narrowSvg);
    }
  });

  test('draws the figures itself where it is given none', async () => {
    expect(await renderReport(study)).toBe(page);
  });

  test('its summary counts networks and compares each space with the first', async () => {
    const page = await renderReport(
      madeStudy([
        madeSpace('A', [{ error: 4 }, { error: 5 }, { error: 'diverged' }, { error: 'failed' }]),
        madeSpace('B', [{ error: 1 }, { error: 2 }, { error: 3 }]),
      ]),
    );
    const [header, a, b] = tableRows(page, 0);
    const row = (cells: string[]): Record<string, string> =>
      Object.fromEntries(header!.map((name, index) => [name, cells[index]!]));
    expect(row(a!)).toMatchObject({
      space: 'A',
      networks: '4',
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
      acceptance: '2 %',
    });
    // 3 against 3 without overlap: D = 1, p = 2 / C(6, 3).
    expect(row(b!)).toMatchObject({ space: 'B', 'KS distance': '1.000', p: '0.100' });
    expect(page).toContain('too often to conclude');
    expect(page).toMatch(/<code>A-3<\/code>: out of memory/);
  });

  test('its summary adjusts p for the number of comparisons, and says which spaces it cannot compare', async () => {
    const errors = (low: number): { error: number }[] => [0, 1, 2].map((step) => ({ error: low + step }));
    const made = { A: errors(50), B: errors(10), C: errors(20), D: [{ error: 'failed' as const }] };
    const page = await renderReport(
      madeStudy(Object.entries(made).map(([name, networks]) => madeSpace(name, networks))),
    );
    const [header, ...rows] = tableRows(page, 0);
    const column = (name: string): (string | undefined)[] => rows.map((row) => row[header!.indexOf(name)]);
    expect(column('p')).toEqual(['–', '0.100', '0.100', '–']);
    expect(column('adjusted p')).toEqual(['–', '0.200', '0.200', '–']);
    expect(page).toContain('Among 2 comparisons');
    expect(page).toContain('A and D cannot be compared: one has no trained network.');
  });

  test('lists the best networks with their configuration', () => {
    const best = tableRows(page, 2);
    expect(best[0]!.slice(0, 2)).toEqual(['space', 'error']);
    expect(best).toHaveLength(11);
    expect(best[1]!.slice(0, 2)).toEqual(['AnyNetX-A', '20.00 %']);
    const configurations = [...page.matchAll(/<pre>([^]*?)<\/pre>/g)].map(
      (match) => JSON.parse(match[1]!.replaceAll('&quot;', '"')) as unknown,
    );
    expect(configurations).toHaveLength(10);
    expect(configurations[0]).toEqual(study.spaces[0]!.records[0]!.network.config);
  });

  test('escapes all text that it is given', async () => {
    const nasty = '<b onload="x">&\'';
    const space = madeSpace(nasty, [...variedNetworks(9, 3), { error: 'failed' }]);
    const input: ReportInput = {
      title: nasty,
      description: [{ label: nasty, value: nasty }],
      spaces: [
        {
          ...space,
          size: nasty,
          records: space.records.map((record) => ({
            ...record,
            network: { ...record.network, parameters: { [nasty]: record.network.index } },
            ...(record.status === 'failed' ? { message: nasty } : {}),
          })),
        },
      ],
    };
    const page = await renderReport(input);
    expect(page).not.toContain('<b ');
    expect(page).not.toMatch(/&(?!(amp|lt|gt|quot|#39|nbsp);)/);
    expect(isWellFormed(page)).toBe(true);
  });

  test.each([
    ['one network', madeStudy([madeSpace('A', [{ error: 5 }])])],
    ['all diverged', madeStudy([madeSpace('A', [{ error: 'diverged' }]), madeSpace('B', [{ error: 'failed' }])])],
  ])('%s: a page without gaps', async (_, input) => {
    const page = await renderReport(input);
    expect(isWellFormed(page)).toBe(true);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });
});
