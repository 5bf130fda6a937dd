import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readSweeps } from './index.js';

/** Written by pycls' own code: tools/references/pycls_sweep.py says what each job is. */
const text = readFileSync(new URL('./fixtures/sweep.json', import.meta.url), 'utf8');

test('readSweeps reads what sweep_collect.py writes', () => {
  const { arms } = readSweeps([{ file: 'sweep.json', text }]);
  const [{ name, networks, results } = { name: '', networks: [], results: [] }, ...others] = arms;
  expect([name, others]).toEqual(['RegNetX-tiny', []]);
  // The error after the last epoch, not the lowest of all.
  expect(
    results.map((result) => (result.status === 'failed' ? result.message : [result.status, result.error])),
  ).toEqual([
    ['completed', 46.5],
    ['completed', 50.25],
    ['completed', 64],
    ['completed', 49],
    ['diverged', 100],
    'RuntimeError: CUDA out of memory',
  ]);
  expect(results[0]).toMatchObject({ seconds: 4.5, epochs: [{ trainLoss: 1.9, testError: 60.5 }, {}, {}] });
  expect(networks[1]).toMatchObject({
    parameters: { depth: 6, w_0: 16, w_a: 8, w_m: 2.5, b: 1, g: 8, lr: 0.4 },
    complexity: { flops: 4000002, params: 70000, acts: 60000 },
  });
  // w_j = 16 + 8 j in powers of 2.5 are 16 and 40, of three blocks each.
  expect(networks[1]!.config!.stages.map(({ depth, width }) => [depth, width])).toEqual([
    [2, 16],
    [4, 40],
  ]);
  expect(networks[2]!.parameters).toMatchObject({ 'd[2]': 2, 'w[2]': 32, 'b[1]': 0.5, 'g[1]': 8 });
  expect(networks[3]!.config).toBeNull();
});

test('one sweep is one space, and NaN as Python writes it is a training that diverged', () => {
  const other = text
    .replaceAll('RegNetX-tiny', 'RegNetY-tiny')
    .replace('[1.9,1.5,1.2]', '[1.9, NaN, NaN]')
    .replace('[1.9, 1.5, 1.2]', '[1.9, NaN, NaN]');
  expect(other).toContain('NaN, NaN');
  const { name, arms } = readSweeps([
    { file: 'x.json', text },
    { file: 'y.json', text: other },
  ]);
  expect([name, arms.map((arm) => arm.name)]).toEqual(['x-y', ['RegNetX-tiny', 'RegNetY-tiny']]);
  expect(arms.map(({ results }) => results[0]!.status)).toEqual(['completed', 'diverged']);
});

test('a job that is there twice is no second training', () => {
  const sweep = { file: 'sweep.json', text };
  expect(() => readSweeps([sweep, sweep])).toThrow('logs/0001/stdout.log" is there twice (valid: each job once)');
});

test.each([
  ['{}', 'sweep.json:1'],
  ['[{"log_file": 3}]', 'sweep.json:1: [0].log_file: got 3'],
])('readSweeps refuses %s', (bad, message) => {
  expect(() => readSweeps([{ file: 'sweep.json', text: bad }])).toThrow(message);
});
