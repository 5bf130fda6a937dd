import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { netspace } from './fixtures/netspace.js';

const lookup = fileURLToPath(new URL('../../../examples/evaluators/lookup.mjs', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
  cpSync(lookup, join(folder, 'lookup.mjs'));
  writeFileSync(join(folder, 'train.mjs'), program);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What becomes of each job stands in a file that the jobs take lines from; without one, all goes well. */
const program = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
function nextFate() {
  if (!existsSync('fates')) return 'well';
  const [fate = 'well', ...rest] = readFileSync('fates', 'utf8').split(' ');
  writeFileSync('fates', rest.join(' '));
  return fate;
}
for await (const line of createInterface(process.stdin)) {
  const { job, recipe, complexity } = JSON.parse(line);
  const fate = nextFate();
  if (fate === 'dies') { console.error('no card'); process.exit(3); }
  if (fate === 'hangs') await new Promise((resolve) => setTimeout(resolve, 1e6));
  if (fate === 'babbles') console.log('epoch 1: fine');
  if (fate === 'diverges') console.log(\`{"job": \${job}, "error": NaN}\`);
  for (let epoch = 1; epoch <= recipe.epochs; epoch++) console.log(JSON.stringify({ job, epoch, testError: 90 / epoch }));
  console.log(JSON.stringify({ job, error: complexity.flops % 100 }));
}`;

/** Writes a study whose images are the evaluator's. */
function write(name: string, ...lines: readonly string[]): string {
  const file = join(folder, `${name}.yaml`);
  const study = [
    `name: ${name}`,
    'networks: 6',
    'regime: { flops: [20k, 200k] }',
    'stem: { width: 8 }',
    'dataset: { name: external, classes: 10, channels: 1, imageSize: 8 }',
    'recipe: { epochs: 2 }',
  ];
  writeFileSync(file, [...study, ...lines].join('\n'));
  return file;
}

const outOf = (study: string): string => study.replace('.yaml', '');

const run = (study: string, ...args: readonly string[]) =>
  netspace('study', 'run', study, '--out', outOf(study), '--workers', '1', ...args);

/** Draws and trains alone. */
const train = (study: string) =>
  netspace('study', 'train', study, '--out', outOf(study), '--workers', '1', '--shard', '1/1');

test.each(['each', 'many'])(
  'a program with processes: %s evaluates networks; what it does wrong costs one of them, which --resume tries again',
  async (processes) => {
    const evaluator = `evaluator: { command: [node, train.mjs], timeLimit: 3, processes: ${processes} }`;
    const study = write(`program-${processes}`, 'spaces: [RegNetX]', evaluator);
    const fates = join(folder, 'fates');
    writeFileSync(fates, 'well dies hangs babbles diverges well');
    const first = await train(study);
    expect([first.status, first.output]).toEqual([1, expect.stringMatching(/, 2 of 6 trainings so far$/m)]);
    for (const reason of [
      'ended with exit status 3; the end of its standard error:\nno card',
      'took longer than its time limit of 3 s',
      'epoch 1: fine: is no JSON',
      'a training whose loss is not ends with {"status": "diverged"}',
    ]) {
      expect(first.errors).toContain(reason);
    }
    expect(first.errors).toContain('4 trainings failed: the reasons are above.');
    rmSync(fates);
    const second = await run(study, '--resume');
    expect([second.status, second.output]).toEqual([0, expect.stringMatching(/^RegNetX +6 +not known +0 /m)]);
    expect(second.errors).toContain('2 of 6 trainings are made already');
  },
);

test('results of a changed program are not mixed with those of the former one: the file is named', async () => {
  const evaluator = 'evaluator: { command: [node, train.mjs] }';
  const study = write('changed', 'spaces: [RegNetX]', evaluator);
  expect((await train(study)).status).toBe(0);
  writeFileSync(join(folder, 'train.mjs'), `${program}\n// Another one.`);
  const { status, errors } = await run(study, '--resume');
  expect([status, errors]).toEqual([
    1,
    expect.stringMatching(
      /RegNetX was trained under other conditions: evaluator\.command\[1\]\.sha256: "\w+…" then, "\w+…" now/,
    ),
  ]);
  writeFileSync(join(folder, 'train.mjs'), program);
});

test('an evaluator of a plugin, with its options and replicates; a run grows by a setting and trains only that', async () => {
  const lines = ['spaces: [AnyNetX-E, RegNetX]', 'plugins: [./lookup.mjs]', 'replicates: 2'];
  const study = write('plugin', ...lines, 'evaluator: { name: lookup, noise: 2 }');
  const out = outOf(study);
  const first = await run(study);
  expect([first.status, first.output]).toEqual([0, expect.stringMatching(/^AnyNetX-E +6 .*\nRegNetX +6 /m)]);
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('lookup with noise 2');
  // A plan of more networks knows how far the errors of these spread, and how far those of one network.
  const { output } = await netspace('study', 'plan', study, '--out', out);
  expect(output).toMatch(/errors spread by [\d.]+ points \(as 12 networks of this run so far\)/);
  expect(output).not.toContain('Trainings of one network spread by 1.2 points');
  const settings = 'settings: [{ name: short }, { name: long, recipe: { epochs: 4 } }]';
  const grown = write('plugin', ...lines, 'evaluator: { name: lookup, noise: 2 }', settings);
  const trained = await train(grown);
  expect([trained.status, trained.output]).toEqual([0, expect.stringContaining(', 48 of 48 trainings so far')]);
  const records = readFileSync(join(out, 'records', 'shard-1-of-1.jsonl'), 'utf8').trimEnd();
  expect(records.split('\n')).toHaveLength(24);
  const analysed = await netspace('study', 'analyse', grown, '--out', out);
  expect(analysed.output).toMatch(/^long\/RegNetX +short\/RegNetX +0\.00 /m);
  const changed = await run(write('plugin', ...lines, 'evaluator: { name: lookup, noise: 3 }', settings), '--resume');
  expect([changed.status, changed.errors]).toEqual([
    1,
    expect.stringContaining('evaluator.options.noise: 2 then, 3 now'),
  ]);
});

test('an evaluator that refuses its options is named before anything is evaluated', async () => {
  const study = write(
    'refused',
    'spaces: [RegNetX]',
    'plugins: [./lookup.mjs]',
    'evaluator: { name: lookup, noise: x }',
  );
  const { status, errors } = await run(study);
  expect([status, errors]).toEqual([
    1,
    expect.stringMatching(/lookup\.mjs:\d+: evaluators\.lookup: evaluator\.noise: got x/),
  ]);
  expect(existsSync(join(folder, 'refused', 'records'))).toBe(false);
});
