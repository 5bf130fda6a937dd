import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
const limit = 300_000;

describe('netspace study train --shard', () => {
  test(
    'each shard says how far the run is, the last one what comes next',
    async () => {
      const out = join(folder, 'shards');
      const first = await netspace('study', 'train', tiny, '--out', out, '--shard', '1/2', '--workers', '1');
      expect([first.status, first.output]).toEqual([
        0,
        expect.stringMatching(/^Records: .*records, 3 of 6 trainings so far$/m),
      ]);
      expect(first.output).not.toContain('Next:');
      const second = await netspace('study', 'train', tiny, '--out', out, '--shard', '2/2', '--workers', '1');
      expect(second.output).toMatch(/6 of 6 trainings so far\nNext: netspace study analyse /);
      const analysed = await netspace('study', 'analyse', out);
      expect([analysed.status, analysed.output]).toEqual([0, expect.stringMatching(/^RegNetX +3 /m)]);
    },
    limit,
  );

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
