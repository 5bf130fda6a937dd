import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fixture, netspace, resultOf } from './fixtures/netspace.js';

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));

/** The plugins elsewhere: nothing of netspace is near them. */
let plugins: string;
beforeAll(() => {
  plugins = mkdtempSync(join(tmpdir(), 'plugins-'));
  cpSync(join(examples, 'plugins'), plugins, { recursive: true });
});
afterAll(() => rmSync(plugins, { recursive: true }));

test('a study runs on the block, stem, distribution, dataset and figure of plugins, from any folder', async () => {
  const out = join(plugins, 'run');
  const result = await netspace('study', 'run', join(plugins, 'plugins.yaml'), '--out', out, '--workers', '1');
  expect([result.status, result.output]).toEqual([
    0,
    expect.stringMatching(
      /^depthwise-E +3 +\d +0 +0 [^]*^Claims\n +\w+ +networks-train, depthwise-E$[^]*^n, and what would decide: /m,
    ),
  ]);
  const population = JSON.parse(readFileSync(join(out, 'populations', 'depthwise-E.json'), 'utf8')) as {
    content: { networks: { config: object; parameters: Record<string, number> }[] };
  };
  for (const { config, parameters } of population.content.networks) {
    expect(config).toMatchObject({ stem: { type: 'patchify' }, classes: 4, imageChannels: 1, imageSize: 12 });
    for (const stage of [1, 2, 3]) expect([1, 2, 3, 4, 5]).toContain(parameters[`d[${stage}]`]);
  }
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<h2>Errors by depth</h2>');
  expect(readFileSync(join(out, 'figures', 'errors-by-depth.svg'), 'utf8')).toMatch(/^<svg/);
});

test('a study runs on the engine of a plugin', async () => {
  const engine = ['--plugin', join(plugins, 'pixels-engine.mjs'), '--engine', 'pixels', '--workers', '1'];
  const out = join(plugins, 'pixels');
  const step = ['study', 'train', join(plugins, 'plugins.yaml'), '--shard', '1/1'];
  const result = await netspace(...step, ...engine, '--out', out);
  expect([result.status, result.output]).toEqual([
    0,
    expect.stringContaining('Evaluator: pixels (a linear classifier'),
  ]);
  const lines = readFileSync(join(out, 'records', 'shard-1-of-1.jsonl'), 'utf8')
    .trim()
    .split('\n');
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toContain('"status":"completed"');
});

test('a program runs a study without a console and listens to its events', async () => {
  const program = join(examples, 'pipeline', 'run-and-listen.mjs');
  const args = [program, fixture('tiny.yaml'), join(plugins, 'listened')];
  const { status, output } = await resultOf(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
  expect(status).toBe(0);
  expect(output.match(/^[0-9a-f]+ completed \d\/6$/gm)).toHaveLength(6);
  expect(output).toMatch(/^6 trained, 0 failed; best error \S+ %; see .*report\.html$/m);
});
