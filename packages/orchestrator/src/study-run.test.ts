import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Population, TrainingRecord } from '@netspace/contracts';
import { fixture, netspace, resultOf, startNetspace } from './fixtures/netspace.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const tiny = fixture('tiny.yaml');

/** The records of a run without what depends on the clock, in the order of their networks. */
function timelessRecords(out: string): TrainingRecord[] {
  const timeless = (key: string, value: unknown): unknown =>
    key === 'seconds' || key === 'imagesPerSecond' ? undefined : value;
  return readFileSync(join(out, 'records.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line, timeless) as TrainingRecord)
    .sort((a, b) => `${a.space}${a.network.id}`.localeCompare(`${b.space}${b.network.id}`));
}

describe('netspace study run FILE', () => {
  let undisturbed: TrainingRecord[];

  test('samples, trains, analyses, fits and reports', async () => {
    const out = join(folder, 'undisturbed');
    const { status, output, errors } = await netspace('study', 'run', tiny, '--out', out, '--workers', '1');
    expect([status, errors]).toEqual([0, expect.stringContaining('train 6/6')]);
    expect(output).toMatch(/^Engine: (native|tfjs|reference) \(/m);
    expect(output).toMatch(/^AnyNetX-E +3 +0 /m);
    expect(output).toMatch(/^RegNetX +3 +0 /m);
    for (const file of ['analysis.json', 'fits.json', 'report.html']) expect(existsSync(join(out, file))).toBe(true);
    const population = JSON.parse(readFileSync(join(out, 'populations', 'RegNetX.json'), 'utf8')) as Population;
    expect(population.networks).toHaveLength(3);
    for (const { complexity } of population.networks) {
      expect(complexity.flops).toBeGreaterThanOrEqual(20e3);
      expect(complexity.flops).toBeLessThanOrEqual(80e3);
    }
    undisturbed = timelessRecords(out);
    expect(undisturbed).toHaveLength(6);
  }, 120_000);

  test('export writes a network with the weights that its record tells of, and what its images are', async () => {
    const out = join(folder, 'undisturbed');
    const { space, network, error } = undisturbed[0]!;
    const args = ['study', 'export', tiny, network.id, '--format', 'layers-model', '--out', out];
    const { status, output } = await netspace(...args);
    expect([status, output]).toEqual([
      0,
      expect.stringContaining(`${space} ${network.id} error ${error!.toFixed(2)} %, as in its record\n`),
    ]);
    const directory = join(out, 'models', network.id, 'layers-model');
    const description = JSON.parse(readFileSync(join(directory, 'network.json'), 'utf8')) as unknown;
    expect(description).toMatchObject({
      space,
      network,
      error,
      images: { shape: [8, 8, 1], mean: [expect.any(Number)] },
    });
    // The bias of the last layer, which starts at zero, has been trained.
    const weights = readFileSync(join(directory, 'weights.bin'));
    expect(weights.subarray(-4 * network.config.classes).every((byte) => byte === 0)).toBe(false);

    const unknown = await netspace('study', 'export', tiny, 'abc', '--format', 'layers-model', '--out', out);
    expect([unknown.status, unknown.errors]).toEqual([
      1,
      expect.stringContaining('network: the study has drawn no network abc (valid: the id of a record'),
    ]);
  }, 120_000);

  test('with --dry-run draws the populations and plans the memory, but trains nothing', async () => {
    const out = join(folder, 'dry-run');
    const { status, output } = await netspace('study', 'run', tiny, '--out', out, '--dry-run');
    expect([status, output]).toEqual([0, expect.stringMatching(/workers take at most \d+ MB/)]);
    expect(existsSync(join(out, 'populations', 'RegNetX.json'))).toBe(true);
    expect(existsSync(join(out, 'records.jsonl'))).toBe(false);
  }, 120_000);

  test('two workers give the same records as one', async () => {
    const out = join(folder, 'two-workers');
    expect(await netspace('study', 'run', tiny, '--out', out, '--workers', '2')).toMatchObject({ status: 0 });
    expect(timelessRecords(out)).toEqual(undisturbed);
  }, 120_000);

  test('interrupted, it keeps what is done; without --resume it refuses, with it the rest is trained', async () => {
    const out = join(folder, 'interrupted');
    const child = startNetspace(['study', 'run', tiny, '--out', out, '--workers', '1']);
    let kills = 0;
    const interrupted = await resultOf(child, (text) => {
      if (text.includes('train 2/6') && kills++ === 0) child.kill('SIGINT');
    });
    expect(interrupted.status).toBe(130);
    expect(interrupted.errors).toMatch(/interrupted: [2-5] of 6 networks are trained and kept/);

    const refused = await netspace('study', 'run', tiny, '--out', out);
    expect(refused.status).toBe(1);
    expect(refused.errors).toMatch(/[2-5] of 6 networks are trained already \(valid: --resume/);

    expect(await netspace('study', 'run', tiny, '--out', out, '--resume')).toMatchObject({ status: 0 });
    expect(timelessRecords(out)).toEqual(undisturbed);
  }, 120_000);

  test('the steps one by one give the same, each reading what the one before wrote', async () => {
    const out = join(folder, 'steps');
    const early = await netspace('study', 'train', tiny, '--out', out);
    expect([early.status, early.errors]).toEqual([
      1,
      expect.stringContaining('there is no such file (valid: what `netspace study sample` writes)'),
    ]);
    expect((await netspace('study', 'sample', tiny, '--out', out)).status).toBe(0);
    const plan = await netspace('study', 'train', tiny, '--out', out, '--dry-run', '--workers', '2');
    expect([plan.status, plan.output]).toEqual([0, expect.stringMatching(/^2 workers take at most \d+ MB/m)]);
    expect(plan.output.match(/^(AnyNetX-E|RegNetX) +[0-9a-f]+ +\d+ +\d+ +\d+$/gm)).toHaveLength(6);
    const tooMuch = await netspace('study', 'train', tiny, '--out', out, '--memory', '1');
    expect([tooMuch.status, tooMuch.errors]).toEqual([
      1,
      expect.stringMatching(/but there are 1 MB; the largest network/),
    ]);
    expect(existsSync(join(out, 'records.jsonl'))).toBe(false);
    const latency = await netspace('study', 'latency', tiny, '--out', out, '--batch', '2');
    expect([latency.status, latency.output]).toEqual([0, expect.stringMatching(/^RegNetX +3 +\S+ +acts /m)]);
    for (const step of ['train', 'analyse', 'fit', 'report']) {
      expect([step, (await netspace('study', step, tiny, '--out', out)).status]).toEqual([step, 0]);
    }
    expect(timelessRecords(out)).toEqual(undisturbed);
    for (const file of ['analysis.json', 'fits.json', 'latencies.json', 'report.html']) {
      expect(existsSync(join(out, file))).toBe(true);
    }
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('one inference pass of 2 images');
  }, 120_000);

  test('trains a block type and a space of the user; when its module changes, it names it and resumes nothing', async () => {
    const { study, module } = copyOwnBlock(join(folder, 'own-block'));
    const out = join(folder, 'own-block', 'results');
    const run = ['study', 'run', study, '--out', out];
    const result = await netspace(...run);
    expect([result.status, result.errors]).toEqual([0, expect.stringContaining('train 2/2')]);
    expect(result.output).toMatch(/^depthwise +2 +0 /m);
    const unchanged = await netspace(...run, '--resume');
    const done = '2 of 2 networks are trained already';
    expect([unchanged.status, unchanged.errors]).toEqual([0, expect.stringContaining(done)]);

    appendFileSync(module, '// Another thought.\n');
    const change = 'as the study is now; changed since: ./depthwise-block.mjs (valid: ';
    const resumed = await netspace(...run, '--resume');
    const problem = `records.jsonl: 2 networks are trained, but not ${change}`;
    expect([resumed.status, resumed.errors]).toEqual([1, expect.stringContaining(problem)]);
    const analysed = await netspace('study', 'analyse', study, '--out', out);
    const missing = `no network of depthwise is trained ${change}`;
    expect([analysed.status, analysed.errors]).toEqual([1, expect.stringContaining(missing)]);

    const anew = await netspace(...run);
    expect([anew.status, anew.errors]).toEqual([0, expect.stringContaining('train 2/2')]);
    expect(timelessRecords(out)).toHaveLength(4);
  }, 120_000);
});

/** The study of a user's own block type in a folder of its own, where its text may change. */
function copyOwnBlock(directory: string): { study: string; module: string } {
  const [study, module] = [join(directory, 'own-block.yaml'), join(directory, 'depthwise-block.mjs')];
  mkdirSync(directory);
  writeFileSync(study, readFileSync(fixture('own-block.yaml'), 'utf8'));
  const builder = pathToFileURL(createRequire(import.meta.url).resolve('@netspace/model-builder')).href;
  writeFileSync(
    module,
    readFileSync(fixture('depthwise-block.mjs'), 'utf8').replace('@netspace/model-builder', builder),
  );
  return { study, module };
}
