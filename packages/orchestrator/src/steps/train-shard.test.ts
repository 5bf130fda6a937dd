import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readStudy, type Study } from '@netspace/study';
import { temporaryFolder } from '../fixtures/temporary-folder.js';
import { type TimelessRecord, timelessRecords, writeTiny } from '../fixtures/tiny-study.js';
import {
  analyseRun,
  drawRun,
  mergeRuns,
  openRun,
  type PipelineEvent,
  runStatus,
  runStudy,
  type ShardResult,
  trainShard,
} from '@netspace/orchestrator';

const folder = temporaryFolder();
const shardProcess = fileURLToPath(new URL('../fixtures/train-shard.mjs', import.meta.url));

const tiny = (name: string, ...changes: readonly (readonly [string, string])[]): Promise<Study> =>
  readStudy(writeTiny(join(folder, name), ['networks: 3', 'networks: 3\nreplicates: 2'], ...changes));

/** What one process makes of it all. */
let whole: TimelessRecord[];
beforeAll(async () => {
  const directory = join(folder, 'whole');
  await runStudy(await tiny('whole.yaml'), { directory, workers: 1 });
  whole = await timelessRecords(directory);
});

function train(study: Study, out: string, index: number, of: number, steal = false): Promise<ShardResult> {
  return trainShard(study, { directory: join(folder, out), shard: { index, of }, steal, workers: 1 });
}

describe('trainShard(study, { shard })', () => {
  test('shards that are trained at the same time, by whoever comes first, make the records of one process', async () => {
    const study = await tiny('shards.yaml');
    const results = await Promise.all([1, 2, 3].map((index) => train(study, 'shards', index, 3)));
    expect(results.map(({ trained, failed, total }) => [trained, failed, total])).toEqual(Array(3).fill([4, 0, 12]));
    expect(Math.min(...results.map(({ left }) => left))).toBe(0);
    expect(await timelessRecords(join(folder, 'shards'))).toEqual(whole);
    expect(readdirSync(join(folder, 'shards', 'records')).sort()).toEqual(
      [1, 2, 3].map((index) => `shard-${index}-of-3.jsonl`),
    );
  });

  test('again it trains nothing, and of a study that has grown only what is new in its part', async () => {
    expect(await train(await tiny('same.yaml'), 'shards', 2, 3)).toMatchObject({ trained: 0, left: 0, total: 12 });
    const more = await tiny('more.yaml', ['networks: 3', 'networks: 4']);
    expect(await train(more, 'shards', 2, 3)).toMatchObject({ trained: 1, left: 3, total: 16 });
  });

  test('copies are trained apart and merged, into a folder where nothing was trained or into one of them', async () => {
    const study = await tiny('copies.yaml');
    const [here, there, united] = ['here', 'there', 'united'].map((name) => join(folder, name));
    await train(study, 'here', 1, 2);
    await train(study, 'there', 2, 2);
    await drawRun(study, united!);
    expect(await mergeRuns(united!, [here!, there!])).toBe(2);
    expect(await timelessRecords(united!)).toEqual(whole);
    expect((await runStatus(await openRun(united!))).left).toBe(0);
    expect((await analyseRun(await openRun(united!))).arms.map(({ counts }) => counts.trained)).toEqual([3, 3]);
    // What was taken over is known; of the same writer elsewhere, the file lies beside.
    expect(await mergeRuns(united!, [here!, there!])).toBe(0);
    await trainShard(study, { directory: there!, shard: { index: 1, of: 2 }, workers: 1 });
    expect(await mergeRuns(here!, [there!])).toBe(2);
    expect(readdirSync(join(here!, 'records')).sort()).toEqual([
      expect.stringMatching(/^shard-1-of-2-[0-9a-f]{12}\.jsonl$/),
      ...['shard-1-of-2.jsonl', 'shard-2-of-2.jsonl'],
    ]);
    expect(await timelessRecords(here!)).toEqual(whole);
  });

  test('a folder of another study, or trained otherwise, is not merged, and leaves the run as it was', async () => {
    const [here, other] = ['here', 'other'].map((name) => join(folder, name));
    const files = (): string[] => readdirSync(here!, { recursive: true }).map(String).sort();
    const before = files();
    await train(await tiny('other.yaml', ['epochs: 2', 'epochs: 1']), 'other', 1, 2);
    await expect(mergeRuns(here!, [join(folder, 'there'), other!])).rejects.toThrow(
      `${other}: is of another study than ${here}: recipe.epochs: 2 then, 1 now`,
    );
    const spaces = await tiny('spaces.yaml', ['[AnyNetX-E, RegNetX]', '[AnyNetX-B]']);
    await drawRun(spaces, join(folder, 'spaces'));
    await expect(mergeRuns(here!, [join(folder, 'spaces')])).rejects.toThrow('no space of the one is in the other');
    expect(files()).toEqual(before);
  });

  test('a process whose images are others is refused before it trains, whatever was trained so far', async () => {
    await train(await tiny('images.yaml'), 'images', 1, 3);
    const before = readFileSync(join(folder, 'images', 'run.json'), 'utf8');
    const others = await tiny('others.yaml', ['difficulty: 0.2', 'difficulty: 0.3']);
    await expect(train(others, 'images', 2, 3)).rejects.toThrow(/made, and the study has changed since: .*difficulty/);
    expect(readFileSync(join(folder, 'images', 'run.json'), 'utf8')).toBe(before);
    expect(readdirSync(join(folder, 'images', 'records'))).toEqual(['shard-1-of-3.jsonl']);
  });
});

describe('trainShard(study, { shard, steal: true })', () => {
  test('what a process had that is killed, the others train once they have watched it give no sign for a while', async () => {
    const file = writeTiny(join(folder, 'killed.yaml'), ['networks: 3', 'networks: 3\nreplicates: 2']);
    const directory = join(folder, 'killed');
    const killed = spawn(process.execPath, [shardProcess, file, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(readdirSync(join(directory, 'claims')).length).toBeGreaterThan(0);
    const shard = { index: 2, of: 2 };
    const study = await readStudy(file);
    const { trained, left } = await trainShard(study, { directory, shard, steal: true, workers: 1, patience: 1000 });
    expect([trained > 6, left]).toEqual([true, 0]);
    expect(await timelessRecords(directory)).toEqual(whole);
  });

  test('one that ends early leaves the rest to the others, and no training is made twice', async () => {
    const study = await tiny('steal.yaml');
    const directory = join(folder, 'steal');
    const stop = new AbortController();
    const onEvent = ({ kind }: PipelineEvent): void => {
      if (kind === 'trained') stop.abort(new DOMException('time is over', 'AbortError'));
    };
    const shard = { index: 1, of: 2 };
    const early = trainShard(study, { directory, shard, steal: true, workers: 1, signal: stop.signal, onEvent });
    await expect(early).rejects.toThrow('1 of');
    expect(await train(study, 'steal', 2, 2, true)).toMatchObject({ trained: 11, left: 0, total: 12 });
    expect(await timelessRecords(directory)).toEqual(whole);
  });

  test('processes at the same time share all of it, each network once', async () => {
    const study = await tiny('together.yaml');
    const results = await Promise.all([1, 2].map((index) => train(study, 'together', index, 2, true)));
    expect(results.reduce((sum, { trained }) => sum + trained, 0)).toBe(12);
    expect(results.map(({ left }) => left)).toEqual([0, 0]);
    expect(await timelessRecords(join(folder, 'together'))).toEqual(whole);
  });
});
