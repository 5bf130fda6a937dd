import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { netspace } from './fixtures/netspace.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-import-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const lines = Array.from({ length: 12 }, (_, index) => ({
  space: index % 2 === 0 ? 'plain' : 'gated',
  pair: String(index >> 1),
  error: 20 + (index >> 1) - (index % 2),
  parameters: { width: 16 + 8 * index },
}));

test('import analyses JSON lines, draws their report and writes each figure', async () => {
  const text = [...lines, { space: 'gated', status: 'diverged' }].map((line) => JSON.stringify(line)).join('\n');
  const [out, figures] = [join(folder, 'out'), join(folder, 'figures')];
  const file = write('own.jsonl', text);
  const { status, output } = await netspace('import', file, '--out', out, '--figures', figures, '--format', 'csv,pdf');
  expect(status).toBe(0);
  expect(output).toMatch(/^plain +6 +not known +0 +0 +20\.00/m);
  expect(output).toMatch(/^gated +7 +not known +1 +0 +19\.00/m);
  const report = readFileSync(join(out, 'report.html'), 'utf8');
  expect(report).toContain('elsewhere, read from JSON lines: own.jsonl');
  expect(report).toContain('width 40');
  expect(report).not.toContain('Candidates drawn');
  expect(report).not.toContain('netspace study export');
  expect(readFileSync(join(figures, 'error-edf.csv'), 'utf8')).toContain('error,');
  expect(readFileSync(join(figures, 'error-edf.pdf'), 'latin1').slice(0, 5)).toBe('%PDF-');
  expect(existsSync(join(figures, 'error-edf.svg'))).toBe(false);
  // Again, over what is there.
  expect((await netspace('import', file, '--out', out)).status).toBe(0);
});

test('import analyses sweeps of pycls, with the rule of networks that it can build', async () => {
  const sweep = fileURLToPath(new URL('../../imports/src/fixtures/sweep.json', import.meta.url));
  const out = join(folder, 'sweep');
  const { status, output } = await netspace('import', sweep, '--out', out);
  expect(status).toBe(0);
  expect(output).toMatch(/^RegNetX-tiny +5 of 6 +not known +1 +1 +46\.50/m);
  const { made } = JSON.parse(readFileSync(join(out, 'analysis.json'), 'utf8')) as { made: { import: string } };
  expect(made.import).toBe((JSON.parse(readFileSync(join(out, 'import.json'), 'utf8')) as { hash: string }).hash);
  const page = readFileSync(join(out, 'report.html'), 'utf8');
  const table = page.slice(
    page.indexOf('id="best-networks"'),
    page.indexOf('<details>', page.indexOf('id="best-networks"')),
  );
  const rules = [...table.matchAll(/<tr>.*?<\/tr>/gs)].map(([row]) => /<td[^>]*>0\.\d{3}<\/td>/.test(row));
  expect(rules).toEqual([false, true, false, true, true]);
});

test('import says what it needs and what it does not take', async () => {
  const table = write('nets.csv', 'space,top1\nA,12\n');
  const told = async (...args: readonly string[]): Promise<string> => {
    const { status, errors } = await netspace('import', ...args);
    expect(status).toBe(1);
    return errors;
  };
  expect(await told(table)).toContain('nets.csv: --columns: is not there (valid: a YAML file that says what');
  expect(await told(table, table, '--columns', table)).toContain('nets.csv: is a second file');
  expect(await told(join(folder, 'missing.jsonl'))).toContain('missing.jsonl');
  const run = mkdtempSync(join(folder, 'run-'));
  writeFileSync(join(run, 'run.json'), '{}');
  const own = write('one.jsonl', '{"space": "A", "error": 3}\n');
  expect(await told(own, '--out', run)).toContain('holds a run of a study (valid: another folder)');
  expect(readFileSync(join(run, 'run.json'), 'utf8')).toBe('{}');
});

test('the table that a run is exported to says the same of its spaces when it is imported', async () => {
  const run = mkdtempSync(join(folder, 'run-'));
  const kept = fileURLToPath(new URL('../../../docs/results/constrained/run.tgz', import.meta.url));
  execFileSync('tar', ['-xzf', kept, '-C', run]);
  const table = join(folder, 'table.csv');
  // 625 trainings: some networks are in several spaces.
  expect(await netspace('store', 'export', run, table)).toMatchObject({ output: `${table}: 625 trainings\n` });
  const columns = write(
    'columns.yaml',
    'space: arm\nnetwork: network\nerror: error\nvalidationError: validation_error\nparameters: [parameter:w_m]\n' +
      'complexity: { flops: flops, params: params, acts: acts }\n',
  );
  const imported = await netspace('import', table, '--columns', columns, '--out', join(folder, 'table'));
  const analysed = await netspace('study', 'analyse', run);
  // The table of spaces, without its column of networks that did not learn.
  const spaces = (output: string): string[] =>
    output
      .slice(0, output.indexOf('\n\n'))
      .split('\n')
      .map((line) => line.replace(/did not learn|not known|(?<=^.{29}) +0(?= )/, '').replaceAll(/ +/g, ' '));
  expect(spaces(imported.output)).toHaveLength(6);
  expect(spaces(imported.output)).toEqual(spaces(analysed.output));
  const refused = await netspace('store', 'export', run, join(folder, 'table.xls'));
  expect(refused.errors).toContain('table.xls: is no kind of table (valid: .csv, .parquet)');
});
