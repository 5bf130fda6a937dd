import { expect, test } from '@jest/globals';
import { readJsonLines } from './index.js';

const read = (...lines: readonly string[]) => readJsonLines({ file: 'nets.jsonl', text: lines.join('\n') });

const config = {
  stem: { type: 'res_stem_cifar', width: 8 },
  stages: [{ depth: 1, width: 16 }],
  classes: 10,
  imageSize: 32,
};

test('readJsonLines reads what an own program wrote, and counts what a configuration costs', () => {
  const { arms, matched } = read(
    JSON.stringify({
      space: 'A',
      setting: 'long',
      network: 'n',
      error: 12,
      config,
      epochs: [{ trainLoss: 1, testError: 12 }],
    }),
    '',
    JSON.stringify({ space: 'A', network: 'm', error: 14, parameters: { b: 2 }, params: 300, seconds: 4, pair: 'p' }),
    JSON.stringify({ space: 'A', status: 'failed', message: 'out of memory' }),
  );
  expect(matched).toBe(true);
  expect(arms.map(({ name, networks }) => [name, networks.length])).toEqual([
    ['long/A', 1],
    ['base/A', 2],
  ]);
  // Stem 3 x 3 x 3 x 8 and its normalisation, block x of 16 channels, b = 1, g = 1, with its shortcut, linear layer.
  const params = 3 * 3 * 3 * 8 + 16 + (8 * 16 + 32) + (9 * 16 + 32) + (16 * 16 + 32) + (8 * 16 + 32) + (16 * 10 + 10);
  expect(arms[0]!.networks[0]!.complexity.params).toBe(params);
  expect(arms[0]!.networks[0]!.config?.block).toBe('x');
  expect(arms[1]!.networks[0]).toEqual({
    ...{ id: 'm', index: 0, parameters: { b: 2 }, complexity: { params: 300 }, config: null, pair: 'p' },
  });
  expect(arms[1]!.results[1]).toMatchObject({ status: 'failed', message: 'out of memory', network: { id: 'line 4' } });
});

test('one name in two spaces is of two networks', () => {
  const { arms } = read('{"space": "A", "network": "1", "error": 3}', '{"space": "B", "network": "1", "error": 4}');
  expect(arms.map(({ networks, results }) => [networks[0]!.id, results[0]!.network.id])).toEqual([
    ['A/1', 'A/1'],
    ['B/1', 'B/1'],
  ]);
});

test.each([
  [
    '{"space": "A"}',
    'nets.jsonl:2: error: is not there (valid: a number of 0 to 100, or a status of diverged or failed)',
  ],
  ['{"space": "A", "eror": 3, "error": 3}', 'nets.jsonl:2: eror: unknown key; did you mean "error"?'],
  ['{"space": "A", "error": 300}', 'nets.jsonl:2: error: got 300'],
  [
    '{"space": "A", "error": 3, "config": {"stages": [{"depth": 0, "width": 8}]}}',
    'nets.jsonl:2: config.stages[0].depth: got 0',
  ],
  ['{"space": "A", "error": 3', 'nets.jsonl:2'],
])('readJsonLines refuses %s', (line, message) => {
  expect(() => read('{"space": "A", "error": 1}', line)).toThrow(message);
});
