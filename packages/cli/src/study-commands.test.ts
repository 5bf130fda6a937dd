import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fixture, netspace, netspaceFile, resultOf, startNetspace } from './fixtures/netspace.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const tiny = fixture('tiny.yaml');
const lookup = fixture('../../../../examples/evaluators/lookup.mjs');

/** Writes a study like the tiny one with other text in places. */
function write(name: string, ...changes: readonly (readonly [string, string])[]): string {
  const text = changes.reduce((before, [from, to]) => before.replace(from, to), readFileSync(tiny, 'utf8'));
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('netspace recipe check trains a sample by several recipes, says whether they let it train, and resumes', async () => {
  const out = join(folder, 'recipes');
  const one = write('one.yaml', ['[AnyNetX-E, RegNetX]', '[RegNetX]']);
  const checked = await netspace('recipe', 'check', one, '--networks', '1', '--out', out);
  expect([checked.status, checked.output]).toEqual([
    0,
    expect.stringMatching(/^own recipe +1 +\d [^]*^rate \S+, no warm-up +1 [^]*^The own recipe [^]*^Report: /m),
  ]);
  const again = await netspace('recipe', 'check', one, '--networks', '1', '--out', out, '--resume');
  expect([again.status, again.errors]).toEqual([0, expect.stringContaining('trainings are made already')]);
  expect(again.output).toContain(checked.output.slice(checked.output.indexOf('own recipe')));
});

test('netspace study plan says what a study takes and how narrow its intervals will be, and leaves no folder behind', async () => {
  const out = join(folder, 'planned');
  const two = write('planned.yaml', ['networks: 3', 'networks: 2']);
  const { status, output } = await netspace('study', 'plan', two, '--out', out, '--workers', '2', '--spread', '8');
  expect([status, output]).toEqual([
    0,
    expect.stringMatching(
      /^AnyNetX-E +2 +2 +\S+M +\d.*\nRegNetX +2 +2 [^]*^In all 4 trainings, about .* with 2 workers[^]*^2 workers take at most \d+ MB/m,
    ),
  ]);
  // 1.96 * 8 * sqrt(2 pi / 6), and the square of it times 2.
  expect(output).toMatch(/16\.05 points [^]*For one point to either side, 515 networks/);
  // Two networks detect nothing with 80 % chance, twelve do.
  expect(output).not.toContain('Kolmogorov-Smirnov');
  // An evaluator whose time nobody measures says the same of intervals.
  writeFileSync(join(folder, 'lookup.mjs'), readFileSync(lookup));
  const evaluator = ['name: tiny', 'name: tiny\nplugins: [./lookup.mjs]\nevaluator: { name: lookup }'] as const;
  const twelve = write('twelve.yaml', ['networks: 3', 'networks: 12'], evaluator);
  const more = await netspace('study', 'plan', twelve, '--out', out);
  expect(more.output).toContain('that are 68 % of the networks apart are told apart (Kolmogorov-Smirnov)');
  // Of a training 1.2 points are assumed: sqrt(4^2 - 1.2^2 / 2) = 3.91 in the means of two, 1.96 * 3.91 * sqrt(2 pi / 36) = 3.20.
  const twice = write('twice.yaml', ['networks: 3', 'networks: 12\nreplicates: 2'], evaluator);
  const replicated = await netspace('study', 'plan', twice, '--out', out);
  expect(replicated.output).toMatch(
    /points \(assumed: --spread\)[^]*^ {2}3\.20 points [^]*spread by 1\.2 points[^]* 3\.91;$/m,
  );
  // 1.96 * 4 * sqrt(2 pi / 72).
  expect(replicated.output).toContain('one training of each of 24 networks a space would reach 2.32 points');
  expect(existsSync(out)).toBe(false);
  const refused = await netspace('study', 'plan', tiny, '--spread', 'wide');
  expect([refused.status, refused.errors]).toEqual([
    1,
    expect.stringContaining('--spread: got "wide" (valid: a number above 0)'),
  ]);
});

test('netspace study latency measures with each engine in passes of each size, beside what was measured before', async () => {
  const out = join(folder, 'timed');
  const timed = write(
    'timed.yaml',
    ['[AnyNetX-E, RegNetX]', '[RegNetX]'],
    // As the file says, where no flag does.
    ['networks: 3', 'networks: 1\nlatency: { engines: [reference, tfjs], batchSizes: [1, 3] }'],
  );
  expect((await netspace('study', 'sample', timed, '--out', out)).status).toBe(0);
  const first = await netspace('study', 'latency', timed, '--out', out, '--engine', 'auto', '--batch', '2');
  const { status, output } = await netspace('study', 'latency', timed, '--out', out);
  expect([
    status,
    output.match(/^RegNetX .*\)  +\d/gm)?.map((row) => row.replace(/^RegNetX +| \(.*\) +/g, '')),
  ]).toEqual([0, expect.arrayContaining(['reference1', 'reference3', 'tfjs1', 'tfjs3'])]);
  const rowOf = (output: string): string[] =>
    /^RegNetX +(native|tfjs|reference) \(\w+\) +2 .*$/m.exec(output)![0].split(/ {2,}/);
  expect(rowOf(output)).toEqual(rowOf(first.output));
});

describe('netspace study, step by step', () => {
  const out = (): string => join(folder, 'steps');

  test('each step reads what the one before wrote, and names the next', async () => {
    const early = await netspace('study', 'train', tiny, '--out', out());
    expect([early.status, early.errors]).toEqual([
      1,
      expect.stringContaining('holds no run (valid: what `netspace study run` writes)'),
    ]);
    const sampled = await netspace('study', 'sample', tiny, '--out', out());
    expect([sampled.status, sampled.output]).toEqual([
      0,
      expect.stringMatching(/^AnyNetX-E +3 +\d+ .*\n(.*\n)+Next: netspace study train /m),
    ]);
    const latency = await netspace('study', 'latency', tiny, '--out', out(), '--batch', '2');
    expect([latency.status, latency.output]).toEqual([0, expect.stringMatching(/^RegNetX +\w+ \(\w+\) +2 +3 /m)]);
    const trained = await netspace('study', 'train', tiny, '--out', out());
    expect([trained.status, trained.output]).toEqual([
      0,
      expect.stringMatching(/^Evaluator: (native|tfjs|reference) \(/m),
    ]);
    expect(trained.errors).toMatch(/train 6\/6/);
    // What follows needs neither the study file nor images: the folder of the run is enough, wherever it lies.
    const copy = join(folder, 'copy');
    cpSync(out(), copy, { recursive: true });
    const analysed = await netspace('study', 'analyse', copy);
    expect([analysed.status, analysed.output]).toEqual([
      0,
      expect.stringMatching(
        /^AnyNetX-E +3 +\d +0 +0 .*\nRegNetX +3 +\d +0 +0 [^]*^RegNetX +AnyNetX-E [^]*\nAnalysis: .*\nNext: netspace study report /m,
      ),
    ]);
    expect((await netspace('study', 'fit', copy)).status).toBe(0);
  });

  test('--dry-run plans the memory, and --memory refuses what does not fit; both leave no folder behind', async () => {
    const planned = join(folder, 'planned');
    const plan = await netspace('study', 'run', tiny, '--out', planned, '--dry-run', '--workers', '2');
    expect([plan.status, plan.output]).toEqual([0, expect.stringMatching(/^2 workers take at most \d+ MB/m)]);
    expect(plan.output.match(/^(AnyNetX-E|RegNetX) +[0-9a-f]+ +\d+ +\d+ +\d+$/gm)).toHaveLength(6);
    expect(existsSync(planned)).toBe(false);
    const tooMuch = await netspace('study', 'run', tiny, '--out', planned, '--dry-run', '--memory', '1');
    expect([tooMuch.status, tooMuch.errors]).toEqual([
      1,
      expect.stringMatching(/but there are 1 MB; the largest network/),
    ]);
  });

  test('report writes every figure in the formats that are asked for, too, and refuses another format', async () => {
    const figures = join(folder, 'figures');
    const report = (format: string): ReturnType<typeof netspace> =>
      netspace('study', 'report', join(folder, 'copy'), '--figures', figures, '--format', format);
    const { status, output } = await report('csv');
    expect([status, output]).toEqual([0, expect.stringContaining(`Figures: ${figures}\n`)]);
    expect(readFileSync(join(folder, 'copy', 'report.html'), 'utf8')).toContain('batches of 2');
    const files = readdirSync(figures);
    expect(files).toContain('error-edf.csv');
    expect(files.every((file) => file.endsWith('.csv'))).toBe(true);
    expect(readFileSync(join(figures, 'error-edf.csv'), 'utf8')).toMatch(/^layer,.*error/);
    const refused = await report('svg,gif');
    expect([refused.status, refused.errors]).toEqual([
      1,
      expect.stringContaining('--format: got "gif" (valid: svg, csv, pdf)'),
    ]);
  });

  test('a stale analysis is refused by report, with the command that renews it', async () => {
    const more = write('more.yaml', ['networks: 3', 'networks: 4']);
    const grown = join(folder, 'grown');
    cpSync(out(), grown, { recursive: true });
    await netspace('study', 'analyse', tiny, '--out', grown);
    const sampled = await netspace('study', 'sample', more, '--out', grown, '--resume');
    expect([sampled.status, sampled.output]).toEqual([
      0,
      expect.stringMatching(/^Next: netspace study train .* --resume$/m),
    ]);
    const run = await netspace('study', 'run', more, '--out', grown, '--resume');
    expect([run.status, run.errors]).toEqual([1, expect.stringContaining('`netspace study latency` writes it anew')]);
    expect(run.errors).not.toMatch(/^train/m);
    expect((await netspace('study', 'train', more, '--out', grown, '--resume', '--workers', '1')).status).toBe(0);
    const report = await netspace('study', 'report', more, '--out', grown);
    expect([report.status, report.errors]).toEqual([
      1,
      expect.stringMatching(/latencies\.json: was made from something else: .*`netspace study latency` writes it anew/),
    ]);
  });

  test('export writes a network with the weights that its record tells of, and what its images are', async () => {
    const [record] = readFileSync(join(out(), 'records', 'local.jsonl'), 'utf8').split('\n');
    const { network, error } = (JSON.parse(record!) as { record: { network: { id: string }; error: number } }).record;
    const args = ['study', 'export', tiny, network.id, '--format', 'layers-model', '--out', out()];
    const { status, output } = await netspace(...args);
    expect([status, output]).toEqual([
      0,
      expect.stringContaining(`${network.id} error ${error.toFixed(2)} %, as in its record\n`),
    ]);
    const directory = join(out(), 'models', network.id, 'layers-model');
    expect(readdirSync(directory).sort()).toEqual(['model.json', 'network.json', 'weights.bin']);
    const unknown = await netspace('study', 'export', tiny, 'abc', '--format', 'layers-model', '--out', out());
    expect([unknown.status, unknown.errors]).toEqual([
      1,
      expect.stringContaining('network: the study has drawn no network abc (valid: the id of a record'),
    ]);
  });
});

describe('netspace study run', () => {
  test('ends where the study says that its comparison is narrow enough, and says how narrow it is', async () => {
    const file = write('stopping.yaml', ['networks: 3', 'networks: 12\nstop: { halfWidth: 99 }']);
    const { status, output, errors } = await netspace(
      'study',
      'run',
      file,
      '--out',
      join(folder, 'stopping'),
      '--workers',
      '1',
    );
    expect([status, errors]).toEqual([0, expect.stringMatching(/narrow as `stop` asks: \d+ trainings are left out/)]);
    expect(output).toMatch(/^RegNetX +AnyNetX-E +\d +\S+ to \S+ +\d\d\.\d\d$[^]*^Every half width is at most 99: /m);
  });

  test('ends at Ctrl-C, with status 130 and the line that goes on', async () => {
    const out = join(folder, 'interrupted');
    const hard = write('hard.yaml', ['networks: 3', 'networks: 5000'], ['20e3, 80e3', '20e3, 21e3']);
    const child = startNetspace(['study', 'run', hard, '--out', out]);
    // From its lock on it is sampling.
    while (!existsSync(out)) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill('SIGINT');
    const { status, errors } = await resultOf(child);
    expect([status, errors]).toEqual([
      130,
      expect.stringContaining(`To go on: netspace study run ${hard} --out ${out} --resume`),
    ]);
  });

  test('a plugin works from any folder; failures are told when they happen, counted, and fail the command', async () => {
    const directory = join(folder, 'elsewhere');
    mkdirSync(directory);
    const block = `export const blocks = { picky: (builder, input, { width, stride }) => {
      if (process.send && width % 16 === 8) throw new Error('no odd widths on this machine');
      return builder.relu('af', builder.batchNorm('bn', builder.conv('a', input, width, { kernel: 3, stride })));
    } };`;
    writeFileSync(join(directory, 'picky.mjs'), block);
    const study = write(
      'elsewhere/picky.yaml',
      [
        '[AnyNetX-E, RegNetX]',
        '[{ name: picky-E, extends: AnyNetX-E, block: picky, parameters: { b: { value: 1 }, g: { value: 1 } } }]\nplugins: [./picky.mjs]',
      ],
      ['networks: 3', 'networks: 6'],
    );
    const { status, output, errors } = await netspace(
      'study',
      'run',
      study,
      '--out',
      join(directory, 'out'),
      '--workers',
      '1',
    );
    const failed = [...errors.matchAll(/^picky-E \S+ failed: .*no odd widths on this machine/gm)].length;
    expect(failed).toBeGreaterThan(0);
    expect(errors).toContain(`${failed === 1 ? '1 training' : `${failed} trainings`} failed: the reasons are above.`);
    // How many of the others learn in two epochs depends on the last bits, which differ from machine to machine.
    expect(output).toMatch(new RegExp(`^picky-E +${6 - failed} of 6 +\\d +0 +${failed} `, 'm'));
    expect(status).toBe(1);
  });

  test('a closed pipe ends the output quietly, and never a training', async () => {
    const out = join(folder, 'pipe');
    const command = `"${process.execPath}" "${netspaceFile}" study train "${tiny}" --out "${out}" --shard 1/1 | head -n 1`;
    const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
    const { output, errors } = await resultOf(child);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(errors).not.toContain('EPIPE');
    expect(
      readFileSync(join(out, 'records', 'shard-1-of-1.jsonl'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(6);
  });

  (existsSync('/dev/full') ? test.each : test.skip.each)([
    ['output', 1, 1, /^netspace: the output cannot be written: ENOSPC[^\n]*\n$/],
    ['standard error', 2, 0, /^$/],
  ])('a full disk under the %s leaves no stack', async (_, descriptor, expected, told) => {
    const command = `"${process.execPath}" "${netspaceFile}" study sample "${tiny}" --out "${join(folder, 'full')}" ${descriptor}>/dev/full`;
    const { status, errors } = await resultOf(spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] }));
    expect([status, errors]).toEqual([expected, expect.stringMatching(told)]);
  });

  test.each([
    ['an empty --out', ['--out', ''], 'the name of the run folder is empty'],
    ['a file as --out', ['--out', tiny], 'tiny.yaml'],
  ])('%s is refused', async (_, args, message) => {
    const { status, errors } = await netspace('study', 'run', tiny, ...args);
    expect([status, errors]).toEqual([1, expect.stringContaining(message)]);
  });
});

describe('netspace study new', () => {
  test('writes a study that can be run, and refuses to write over a file', async () => {
    const { status, output } = await netspace({ cwd: folder }, 'study', 'new', 'first');
    expect([status, output]).toEqual([0, 'Study: first.yaml\nNext: netspace study run first.yaml\n']);
    const dry = await netspace({ cwd: folder }, 'study', 'run', 'first.yaml', '--dry-run');
    expect(dry.status).toBe(0);
    const again = await netspace({ cwd: folder }, 'study', 'new', 'first');
    expect([again.status, again.errors]).toEqual([1, expect.stringContaining('first.yaml: is there already')]);
  });

  test('copies a shipped study, or lists those that are shipped', async () => {
    const { status } = await netspace({ cwd: folder }, 'study', 'new', 'table', '--from', 'space-table');
    expect(status).toBe(0);
    const sampled = await netspace({ cwd: folder }, 'study', 'sample', 'table.yaml');
    expect([sampled.status, sampled.output]).toEqual([0, expect.stringMatching(/^RegNetX-wm2 +10 /m)]);
    const unknown = await netspace({ cwd: folder }, 'study', 'new', 'other', '--from', 'space-tabel');
    expect([unknown.status, unknown.errors]).toEqual([
      1,
      expect.stringMatching(/--from: got "space-tabel"; did you mean "space-table"\? \(valid: alternatives, .*\)/),
    ]);
    expect(existsSync(join(folder, 'other.yaml'))).toBe(false);
  });
});
