import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recipeOutcomes } from '@netspace/analysis';
import { parseConfig } from '@netspace/config-file';
import type { Refinement, StudyFindings } from '@netspace/contracts';
import { degreesOfFreedom, designSpaceListSchema } from '@netspace/design-space';
import { openRun, readAnalysis } from '@netspace/orchestrator';
import { netspace } from './fixtures/netspace.js';

const results = fileURLToPath(new URL('../../../docs/results/', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-results-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Unpacks a run that is kept, and analyses it again; what is printed. */
async function analysed(archive: string): Promise<{ run: string; output: string }> {
  const run = mkdtempSync(join(folder, 'run-'));
  execFileSync('tar', ['-xzf', join(results, archive), '-C', run]);
  expect((await netspace('study', 'fit', run)).status).toBe(0);
  const { status, output } = await netspace('study', 'analyse', run);
  expect(status).toBe(0);
  return { run, output };
}

const runs = readdirSync(results).filter((name) => existsSync(join(results, name, 'run.tgz')));

test.each(runs)('the page of %s says what its records say', async (name) => {
  const { output } = await analysed(`${name}/run.tgz`);
  const readme = readFileSync(join(results, name, 'README.md'), 'utf8');
  expect(readme).toContain(`\`\`\`\n${output.slice(0, output.indexOf('\nAnalysis: '))}\n\`\`\``);
});

test('the page of refine says what its refinement says, and its chain is the file beside it', async () => {
  const run = mkdtempSync(join(folder, 'run-'));
  execFileSync('tar', ['-xzf', join(results, 'refine/refinement.tgz'), '-C', run]);
  const study = fileURLToPath(new URL('../../../studies/refine.yaml', import.meta.url));
  const { status, output } = await netspace('refine', study, '--out', run, '--explain');
  expect(status).toBe(0);
  expect(readFileSync(join(results, 'refine/README.md'), 'utf8')).toContain(`\`\`\`\n${output.trim()}\n\`\`\``);
  const chain = readFileSync(join(results, 'refine/refined.yaml'), 'utf8');
  const spaces = parseConfig(chain, 'refined.yaml', designSpaceListSchema());
  const { content } = JSON.parse(readFileSync(join(run, 'refinement.json'), 'utf8')) as { content: Refinement };
  expect(spaces.map((space) => [space.name, degreesOfFreedom(space)])).toEqual(
    content.spaces.map((space) => [space.name, space.degreesOfFreedom]),
  );
});

test.each(['cifar10', 'mnist'])('the table of recipes on %s says what its records say', async (name) => {
  const { run } = await analysed(`warm-up/${name}.tgz`);
  const analysis = await readAnalysis(await openRun(run));
  const rows = readFileSync(join(results, 'warm-up/README.md'), 'utf8')
    .split('\n')
    .map((row) => row.split(/ *\| */));
  const percent = (share: number): string => (100 * share).toFixed(0);
  for (const { recipe, networks, untrained, share, median, mean } of recipeOutcomes(analysis)) {
    const interval = `${percent(share.low)} to ${percent(share.high)} %`;
    const row = [String(networks), String(untrained), interval, median.toFixed(2), mean.toFixed(2)];
    expect(rows.filter((cells) => cells[1] === recipe).map((cells) => cells.slice(4, 9))).toContainEqual(row);
  }
});

describe('the table of graph networks', () => {
  interface Reference {
    readonly values: readonly [first: string, other: string];
    readonly pairs: number;
    readonly difference: number;
    readonly interval: readonly [low: number, high: number];
    readonly improved: number;
    readonly improvedInterval: readonly [low: number, high: number];
    readonly signP: number;
    readonly adjustedSignP: number;
    readonly equivalenceP: number;
    readonly adjustedEquivalenceP: number;
  }
  const near = (value: number) => expect.closeTo(value, 6);
  const interval = ([low, high]: readonly [number, number]) => ({ low: near(low), high: near(high) });

  test('says what its README says, and of the pairs what SciPy says (tools/references/graphgym.py)', async () => {
    const table = join(folder, 'networks.csv');
    writeFileSync(table, gunzipSync(readFileSync(join(results, 'graphgym/networks.csv.gz'))));
    const [columns, out] = [join(results, 'graphgym/columns.yaml'), join(folder, 'graphgym')];
    const { status, output } = await netspace('import', table, '--columns', columns, '--out', out);
    expect(status).toBe(0);
    const readme = readFileSync(join(results, 'graphgym/README.md'), 'utf8');
    expect(readme).toContain(`\`\`\`\n${output.slice(0, output.indexOf('\nReport: '))}\n\`\`\``);
    const file = readFileSync(join(out, 'analysis.json'), 'utf8');
    const { comparisons } = (JSON.parse(file) as { content: StudyFindings }).content;
    const fixture = readFileSync(new URL('./fixtures/graphgym.json', import.meta.url), 'utf8');
    const expected = JSON.parse(fixture) as readonly Reference[];
    const named = ({ first, other }: StudyFindings['comparisons'][number]): string[] =>
      [first, other].map((name) => name.replace(/.*[/=]/, ''));
    expect(comparisons.map((comparison) => [named(comparison), comparison.matched])).toEqual(
      expected.map(({ values, pairs, difference, improved, improvedInterval, ...own }) => [
        values,
        {
          ...{ alikeIn: 'pair', pairs, efficiency: expect.any(Number) },
          difference: { difference: near(difference), interval: interval(own.interval) },
          improved: { share: near(improved), interval: interval(improvedInterval) },
          ...{ signP: near(own.signP), adjustedSignP: near(own.adjustedSignP) },
          equivalence: { margin: 1, p: near(own.equivalenceP), adjustedP: near(own.adjustedEquivalenceP) },
        },
      ]),
    );
  });

  test('refines to what its README says', () => {
    const printed = execFileSync(process.execPath, [join(results, 'graphgym/refine.mjs')], { encoding: 'utf8' });
    const told = printed.replace(/ +/g, ' ').trim();
    const readme = readFileSync(join(results, 'graphgym/README.md'), 'utf8')
      .replace(/ +/g, ' ')
      .replace(/-{3,}/g, '---');
    expect(readme).toContain(told);
  });
});
