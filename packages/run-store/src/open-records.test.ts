import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrainingRecord } from '@netspace/contracts';
import { describe, expect, test } from '@jest/globals';
import { completed, failed } from './conformance/sample-records.js';
import { processesTaking } from './fixtures/other-processes.js';
import { refusal } from './fixtures/refusal.js';
import { runIn } from './fixtures/run-in.js';
import { testOnDisk } from './fixtures/small-disk.js';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { treeOf } from './fixtures/tree-of.js';
import { write } from './fixtures/write-records.js';
import { openRecords, readRecords, RunFolder } from './index.js';

const folder = temporaryFolder();
const file = ({ records }: RunFolder): string => join(records, 'local.jsonl');

const [first, second] = [completed('first'), completed('second')];

describe('openRecords(folder, writer)', () => {
  test('writes a file a writer, a JSON line each, and holds the records of all of them', async () => {
    const run = await runIn(folder());
    await write(run, 'job/2', second);
    const store = await openRecords(run, 'local');
    await store.append(first);
    expect(await store.records()).toEqual([second, first]);
    expect(store.tornLineFile).toBeUndefined();
    await store.close();
    expect(readdirSync(run.records)).toEqual(['job+2.jsonl', 'local.jsonl']);
    expect(JSON.parse(readFileSync(file(run), 'utf8'))).toMatchObject({
      schema: 'netspace/record',
      version: 1,
      record: first,
    });
  });

  test('a torn last line is moved aside at every place where it may tear', async () => {
    const run = await runIn(folder());
    await write(run, 'local', first, failed('größer'));
    const lines = readFileSync(file(run));
    const start = lines.indexOf('\n') + 1;
    for (let end = start + 1; end < lines.length; end += 211) {
      writeFileSync(file(run), lines.subarray(0, end));
      const store = await openRecords(run, 'local');
      expect(await store.records()).toEqual([first]);
      expect(readFileSync(store.tornLineFile!)).toEqual(Buffer.concat([lines.subarray(start, end), Buffer.from('\n')]));
      await store.append(failed('größer'));
      await store.close();
      expect(readFileSync(file(run))).toEqual(lines);
      rmSync(store.tornLineFile!);
    }
  });

  test('a second writer of the same name is refused and changes nothing; one of another name is not', async () => {
    const run = await runIn(folder());
    await write(run, 'local', first);
    const [other] = await processesTaking(1, [`${file(run)}.lock`]);
    appendFileSync(file(run), '{"schema":"netspace/rec');
    const before = treeOf(folder());
    expect(await refusal(openRecords(run, 'local'))).toContain(`process ${other!.id} is writing to this run`);
    expect(treeOf(folder())).toEqual(before);
    await write(run, 'elsewhere', second);
    expect((await readRecords(run)).records).toEqual([second, first]);
    await other!.kill();
  });

  test('a line that is no record is told before anything is changed, and the lock is given back', async () => {
    const run = await runIn(folder());
    await write(run, 'local', first);
    appendFileSync(file(run), 'no JSON\n{"torn');
    const before = readFileSync(file(run), 'utf8');
    expect(await refusal(openRecords(run, 'local'))).toContain('local.jsonl:2: is no JSON');
    expect(readFileSync(file(run), 'utf8')).toBe(before);
    expect(readdirSync(run.records)).toEqual(['local.jsonl']);
  });

  test('a record that would not read back is refused and not written', async () => {
    const run = await runIn(folder());
    const store = await openRecords(run, 'local');
    await expect(store.append({ ...first, seconds: NaN })).rejects.toThrow(/no record: .*seconds/s);
    await store.append(second);
    expect(await store.records()).toEqual([second]);
    await store.close();
    expect((await readRecords(run)).records).toEqual([second]);
  });

  test('a process that is killed while it writes loses no record that it had on the disk', async () => {
    const run = await runIn(folder());
    const written: string[] = [];
    for (const round of [1, 2, 3]) written.push(...(await killedWhileWriting(run, round)));
    const kept = (await readRecords(run)).records.map(({ network }) => network.id);
    expect(kept).toEqual(expect.arrayContaining(written));
    expect(new Set(kept).size).toBe(kept.length);
  });

  test('a folder where its file should be is told, and no lock is left behind', async () => {
    const run = await runIn(folder());
    mkdirSync(file(run), { recursive: true });
    expect(await refusal(openRecords(run, 'local'))).toMatch(/local\.jsonl: cannot be read: EISDIR/);
    expect(readdirSync(run.records)).toEqual(['local.jsonl']);
  });

  test('a file where the folder of records should be is told', async () => {
    const run = await runIn(folder());
    writeFileSync(run.records, '');
    expect(await refusal(openRecords(run, 'local'))).toMatch(
      /records: it cannot be written: EEXIST.*\(valid: a folder where a file is in its path\)/,
    );
  });

  testOnDisk('64k', 'on a full disk a record is refused whole, and the others are kept', async (disk) => {
    const run = await runIn(disk.folder);
    const store = await openRecords(run, 'local');
    const kept: TrainingRecord[] = [];
    const message = await refusal(
      (async () => {
        for (let index = 0; ; index++) {
          const record = completed(`n${index}`);
          await store.append(record);
          kept.push(record);
        }
      })(),
    );
    expect(message).toBe(
      `${file(run)}: a record cannot be written: ENOSPC: no space left on device, write (valid: room for it: what was there before is unharmed)`,
    );
    expect(kept.length).toBeGreaterThan(5);
    expect(await store.records()).toEqual(kept);
    await store.close();
    expect((await readRecords(run)).records).toEqual(kept);
    expect(readdirSync(run.records)).toEqual(['local.jsonl']);
  });

  testOnDisk('64k', 'a read-only file system is told; its records can be read', async (disk) => {
    const run = await runIn(disk.folder);
    await write(run, 'local', first);
    disk.makeReadOnly();
    expect(await refusal(openRecords(run, 'local'))).toMatch(
      /cannot be written: EROFS.*\(valid: a folder that may be written to\)/,
    );
    expect((await readRecords(run)).records).toEqual([first]);
  });
});

/** Ids of the records that a process had on the disk when it was killed, after some. */
async function killedWhileWriting({ directory }: RunFolder, round: number): Promise<string[]> {
  const script = fileURLToPath(new URL('fixtures/append-records.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, directory, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
    if (output.split('\n').length > 2 * round) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return output.split('\n').slice(0, -1);
}
