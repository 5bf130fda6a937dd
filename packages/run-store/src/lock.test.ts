import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { processesTaking } from './fixtures/other-processes.js';
import { refusal } from './fixtures/refusal.js';
import { testOnDisk } from './fixtures/small-disk.js';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { treeOf } from './fixtures/tree-of.js';
import { takeLock } from './lock.js';

const folder = temporaryFolder();
const lock = (): string => join(folder(), 'run.lock');

/** A lock as a process leaves it that cannot give it up. */
function leaveLock(content: string, path = lock()): void {
  mkdirSync(path);
  writeFileSync(join(path, 'left.json'), content);
}

/** No process has this id: Linux ids end at 4194304. */
const noProcess = 99999999;

describe('takeLock(path)', () => {
  test('names process and host while it is held, and leaves nothing behind', async () => {
    const unlock = await takeLock(lock());
    const [name] = readdirSync(lock());
    expect(JSON.parse(readFileSync(join(lock(), name!), 'utf8'))).toEqual({ process: process.pid, host: hostname() });
    expect(readdirSync(folder())).toEqual(['run.lock']);
    await unlock();
    expect(readdirSync(folder())).toEqual([]);
  });

  test('a lock of this process is refused until it is given up', async () => {
    const unlock = await takeLock(lock());
    expect(await refusal(takeLock(lock()))).toBe(`${lock()}: this process is writing to this run already`);
    await unlock();
    await (
      await takeLock(lock())
    )();
  });

  test('a lock of a living process is refused, and the folder is left as it was; killed, its lock is taken over', async () => {
    const [other] = await processesTaking(1, [lock()]);
    expect(other!.taken).toEqual([lock()]);
    const before = treeOf(folder());
    expect(await refusal(takeLock(lock()))).toBe(
      `${lock()}: process ${other!.id} is writing to this run (valid: one process at a time: wait for it or end it; if it is another program, delete this folder)`,
    );
    expect(treeOf(folder())).toEqual(before);
    await other!.kill();
    await (
      await takeLock(lock())
    )();
    expect(readdirSync(folder())).toEqual([]);
  });

  test('a lock of another host is refused: nobody knows whether its process lives', async () => {
    leaveLock(JSON.stringify({ process: noProcess, host: 'elsewhere' }));
    const before = treeOf(folder());
    expect(await refusal(takeLock(lock()))).toBe(
      `${lock()}: process ${noProcess} on elsewhere may be writing to this run: from here it cannot be told whether it lives (valid: wait for it or end it; if it is gone, delete this folder)`,
    );
    expect(treeOf(folder())).toEqual(before);
  });

  test.each([
    ['of a dead process', JSON.stringify({ process: noProcess, host: hostname() })],
    ['of a dead process that had the id of this one', JSON.stringify({ process: process.pid, host: hostname() })],
    ['without content, as after a power cut', ''],
    ['of no process', 'null'],
  ])('a lock %s is taken over', async (_, content) => {
    leaveLock(content);
    const unlock = await takeLock(lock());
    expect(readdirSync(lock())).toHaveLength(1);
    await unlock();
    expect(readdirSync(folder())).toEqual([]);
  });

  test('a lock without a file, as after a crash while it was given up, is taken over', async () => {
    mkdirSync(lock());
    await (
      await takeLock(lock())
    )();
    expect(readdirSync(folder())).toEqual([]);
  });

  test('of many that take over one stale lock at once, one gets it', async () => {
    leaveLock(JSON.stringify({ process: noProcess, host: hostname() }));
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(lock())));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(folder())).toEqual(['run.lock']);
  });

  test('of several processes that take over the same stale locks, one gets each', async () => {
    const paths = Array.from({ length: 40 }, (_, round) => join(folder(), `${round}.lock`));
    for (const path of paths) leaveLock(JSON.stringify({ process: noProcess, host: hostname() }), path);
    const others = await processesTaking(4, paths);
    expect(others.flatMap(({ taken }) => taken).sort()).toEqual([...paths].sort());
    expect(readdirSync(folder()).sort()).toEqual(paths.map((path) => path.slice(folder().length + 1)).sort());
    await Promise.all(others.map((other) => other.kill()));
  });

  test('a lock that someone deleted and another took is not given up by the first', async () => {
    const unlock = await takeLock(lock());
    rmSync(lock(), { recursive: true });
    leaveLock('');
    const before = treeOf(folder());
    await unlock();
    expect(treeOf(folder())).toEqual(before);
  });

  test('a file in its place is told', async () => {
    writeFileSync(lock(), '');
    expect(await refusal(takeLock(lock()))).toMatch(/run\.lock: a lock cannot be written: ENOTDIR/);
    expect(readdirSync(folder())).toEqual(['run.lock']);
  });

  testOnDisk('8k', 'a full disk is told, and nothing is left behind', async (disk) => {
    writeFileSync(join(disk.folder, 'full'), Buffer.alloc(8192));
    expect(await refusal(takeLock(join(disk.folder, 'run.lock')))).toMatch(
      /run\.lock: a lock cannot be written: ENOSPC/,
    );
    expect(readdirSync(disk.folder)).toEqual(['full']);
  });

  testOnDisk('64k', 'a disk that can only be read by now is told where a lock is given up', async (disk) => {
    const unlock = await takeLock(join(disk.folder, 'run.lock'));
    disk.makeReadOnly();
    expect(await refusal(unlock())).toMatch(/run\.lock: a lock cannot be written: EROFS/);
  });
});
