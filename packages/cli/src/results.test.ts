import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recipeOutcomes } from '@netspace/analysis';
import type { StudyAnalysis } from '@netspace/contracts';
import { netspace } from './fixtures/netspace.js';

const results = fileURLToPath(new URL('../../../docs/results/', import.meta.url));
const limit = 120_000;

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

test(
  'the space comparison says what its records say',
  async () => {
    const { output } = await analysed('space-comparison/run.tgz');
    const readme = readFileSync(join(results, 'space-comparison/README.md'), 'utf8');
    expect(readme).toContain(`\`\`\`\n${output.slice(0, output.indexOf('\nAnalysis: '))}\n\`\`\``);
  },
  limit,
);

test.each(['cifar10', 'mnist'])(
  'the table of recipes on %s says what its records say',
  async (name) => {
    const { run } = await analysed(`warm-up/${name}.tgz`);
    const { content } = JSON.parse(readFileSync(join(run, 'analysis.json'), 'utf8')) as { content: StudyAnalysis };
    const rows = readFileSync(join(results, 'warm-up/README.md'), 'utf8')
      .split('\n')
      .map((row) => row.split(/ *\| */));
    const percent = (share: number): string => (100 * share).toFixed(0);
    for (const { recipe, networks, untrained, share, median, mean } of recipeOutcomes(content)) {
      const interval = `${percent(share.low)} to ${percent(share.high)} %`;
      const row = [String(networks), String(untrained), interval, median.toFixed(2), mean.toFixed(2)];
      expect(rows.filter((cells) => cells[1] === recipe).map((cells) => cells.slice(4, 9))).toContainEqual(row);
    }
  },
  limit,
);
