import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fixture, netspace } from './fixtures/netspace.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const tiny = fixture('tiny.yaml');

describe('netspace study train --shard', () => {
  test('each shard says how far the run is, the last one what comes next', async () => {
    const out = join(folder, 'shards');
    const first = await netspace('study', 'train', tiny, '--out', out, '--shard', '1/2', '--workers', '1');
    expect([first.status, first.output]).toEqual([
      0,
      expect.stringMatching(/^Records: .*records, 3 of 6 trainings so far$/m),
    ]);
    expect(first.output).not.toContain('Next:');
    const foreign = await netspace('study', 'train', tiny, '--out', out, '--shard', '2/2', '--require', 'isa=none');
    expect([foreign.status, foreign.errors]).toEqual([1, expect.stringContaining('--require: got isa=none, but the')]);
    const second = await netspace('study', 'train', tiny, '--out', out, '--shard', '2/2', '--workers', '1');
    expect(second.output).toMatch(/6 of 6 trainings so far\nNext: netspace study analyse /);
    const analysed = await netspace('study', 'analyse', out);
    expect([analysed.status, analysed.output]).toEqual([0, expect.stringMatching(/^RegNetX +3 /m)]);
  });

  test('status says who made what and what is left; store check finds a damaged line, and moves it aside where it is told to', async () => {
    const out = join(folder, 'shards');
    const status = await netspace('study', 'status', out);
    expect(status.output).toMatch(/^RegNetX +3 +\d +\d +0 +0$/m);
    expect(status.output).toMatch(/^shard-2-of-2 +\S+ +3 +20\S+Z/m);
    expect(status.output).toContain('6 of 6 trainings have a result\n');
    expect((await netspace('store', 'check', out)).output).toMatch(/^shard-1-of-2.jsonl +3 +0[^]*6 of 6 trainings/m);

    const file = join(out, 'records', 'shard-1-of-2.jsonl');
    const [first, ...others] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [first!.replace('"seed":', '"seed": '), ...others].join('\n'));
    const checked = await netspace('store', 'check', out);
    expect([checked.status, checked.output, checked.errors]).toEqual([
      1,
      expect.stringContaining(`${file}:1: was edited after it was written: its hash does not match`),
      expect.stringContaining(`netspace store check ${out} --salvage`),
    ]);
    const salvaged = await netspace('store', 'check', out, '--salvage');
    expect([salvaged.status, salvaged.output]).toEqual([
      0,
      expect.stringMatching(/1 damaged line was moved to [^]*5 of 6 trainings have a result; `netspace study train/),
    ]);
    // Of jobs of a cluster that cannot be asked here that is told, and all else.
    mkdirSync(join(out, 'slurm'));
    writeFileSync(join(out, 'slurm', 'jobs.json'), '["7"]');
    const elsewhere = await netspace({ env: { ...process.env, PATH: '' } }, 'study', 'status', out);
    expect([elsewhere.status, elsewhere.errors]).toEqual([
      0,
      expect.stringMatching(/^How jobs 7 stand is not known here: squeue, of SLURM, is not here/m),
    ]);
    expect(elsewhere.output).toMatch(/^5 of 6 trainings have a result/m);

    const again = await netspace('study', 'train', tiny, '--out', out, '--shard', '1/2', '--workers', '1');
    expect([again.status, again.output]).toEqual([0, expect.stringContaining('6 of 6 trainings')]);
    // The same result once more, in another file, as of a process that was taken for gone; and another one.
    const own = readFileSync(join(out, 'records', 'shard-2-of-2.jsonl'), 'utf8');
    writeFileSync(join(out, 'records', 'late.jsonl'), own);
    const late = await netspace('store', 'check', out);
    expect([late.status, late.output]).toEqual([
      0,
      expect.stringContaining('3 trainings were made more than once and came to the same'),
    ]);
  });

  test.each([
    [['--shard', '3/2'], '--shard: got "3/2" (valid: i/n with 1 <= i <= n, as 2/8)'],
    [['--shard', 'one'], '--shard: got "one" (valid: i/n'],
    [['--steal'], '--steal: without --shard (valid: both, as --shard 1/4 --steal)'],
  ])('%j is refused, and nothing is written', async (flags, message) => {
    const out = join(folder, 'refused');
    const { status, errors } = await netspace('study', 'train', tiny, '--out', out, ...flags);
    expect([status, errors]).toEqual([1, expect.stringContaining(message)]);
    expect(readdirSync(folder)).not.toContain('refused');
  });
});
