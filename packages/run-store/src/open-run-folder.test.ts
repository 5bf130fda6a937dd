import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { processesTaking } from './fixtures/other-processes.js';
import { refusal } from './fixtures/refusal.js';
import { runIn } from './fixtures/run-in.js';
import { testOnDisk } from './fixtures/small-disk.js';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { treeOf } from './fixtures/tree-of.js';
import { isFresh, lockRunFolder, openRunFolder, RunFolder } from './index.js';

const folder = temporaryFolder();
const directory = (): string => join(folder(), 'run');

/** A run of netspace 0.1.0, of two spaces with two networks each. */
const earlierRun = fileURLToPath(new URL('fixtures/earlier-run', import.meta.url));

describe('openRunFolder(directory)', () => {
  test('a missing or empty folder is fresh, and left as it is', async () => {
    expect(await isFresh(await openRunFolder(directory()))).toBe(true);
    expect(readdirSync(folder())).toEqual([]);
    mkdirSync(directory());
    expect(await isFresh(await openRunFolder(directory()))).toBe(true);
    expect(readdirSync(directory())).toEqual([]);
  });

  test('a folder with what a crash leaves behind before there is a run is fresh', async () => {
    mkdirSync(join(directory(), 'run.lock'), { recursive: true });
    writeFileSync(join(directory(), 'run.json.1a2b3c4d.tmp'), '{');
    expect(await isFresh(await openRunFolder(directory()))).toBe(true);
  });

  test('the folder of a run is not fresh', async () => {
    expect(await isFresh(await runIn(folder()))).toBe(false);
  });

  test('a damaged run.json is still that of a run: reading it tells what is wrong', async () => {
    mkdirSync(directory());
    writeFileSync(join(directory(), 'run.json'), '{"schema":');
    expect((await openRunFolder(directory())).run).toBe(join(directory(), 'run.json'));
  });

  test.each([
    ['notes.txt', 'mine'],
    ['run.json', '{"experiment": 7}'],
    ['run.json', '{"schema": "netspace/fits"}'],
    ['run.json', 'null'],
    ['populations/towns.txt', '1'],
    ['records/1.jsonl', ''],
  ])("somebody's %s, with %j, is no run", async (name, content) => {
    const file = join(directory(), name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    const before = treeOf(directory());
    expect(await refusal(openRunFolder(directory()))).toBe(
      `${directory()}: holds files that are no run of netspace (valid: a new or empty folder, or one of a run)`,
    );
    expect(treeOf(directory())).toEqual(before);
  });

  test.each([
    ['whole', []],
    ['that was only sampled', ['records.jsonl', 'analysis.json', 'recipes']],
    ['without populations', ['populations']],
  ])('a run of netspace 0.1.0 %s is refused and left as it is', async (_, missing) => {
    cpSync(earlierRun, directory(), { recursive: true });
    for (const name of missing) rmSync(join(directory(), name), { recursive: true });
    const before = treeOf(directory());
    expect(await refusal(openRunFolder(directory()))).toBe(
      `${directory()}: holds a run in the earlier format of netspace 0.1.0: its results do not say which images they were trained on, so they cannot be taken over (valid: another --out; the folder is left as it is)`,
    );
    expect(treeOf(directory())).toEqual(before);
  });

  test('a run without its run.json is told from files of somebody', async () => {
    mkdirSync(join(directory(), 'populations'), { recursive: true });
    writeFileSync(join(directory(), 'populations', 'A.json'), '{"schema": "netspace/population"}');
    expect(await refusal(openRunFolder(directory()))).toBe(
      `${join(directory(), 'run.json')}: there is no such file, which says what study the run in this folder is of (valid: the file as it was written, or another --out)`,
    );
  });

  test('an empty name is not the current folder', async () => {
    expect(await refusal(openRunFolder(''))).toContain('the name of the run folder is empty');
  });

  test('a file in its place is told', async () => {
    writeFileSync(directory(), '');
    expect(await refusal(openRunFolder(directory()))).toMatch(/run: cannot be read: ENOTDIR.*\(valid: a folder\)/);
  });
});

describe('lockRunFolder(folder)', () => {
  test('makes the folder where there is none, and removes it with the lock if nothing was written', async () => {
    const inner = new RunFolder(join(directory(), 'a', 'b'));
    const unlock = await lockRunFolder(inner);
    expect(readdirSync(inner.directory)).toEqual(['run.lock']);
    await unlock();
    expect(readdirSync(folder())).toEqual([]);
  });

  test('leaves a folder that was there, or in which something was written', async () => {
    mkdirSync(directory());
    const inner = new RunFolder(join(directory(), 'a', 'b'));
    await (
      await lockRunFolder(new RunFolder(directory()))
    )();
    const unlock = await lockRunFolder(inner);
    writeFileSync(inner.run, '');
    await unlock();
    expect(readdirSync(inner.directory)).toEqual(['run.json']);
  });

  test('a folder in use is refused and left byte for byte as it is', async () => {
    const run = await runIn(folder());
    const [other] = await processesTaking(1, [join(directory(), 'run.lock')]);
    const before = treeOf(directory());
    expect(await refusal(lockRunFolder(run))).toContain(`process ${other!.id} is writing to this run`);
    expect(treeOf(directory())).toEqual(before);
    await other!.kill();
    await (
      await lockRunFolder(run)
    )();
  });

  test('a file in its path is told', async () => {
    writeFileSync(directory(), '');
    expect(await refusal(lockRunFolder(new RunFolder(join(directory(), 'inner'))))).toMatch(
      /inner: it cannot be written: ENOTDIR.*\(valid: a folder where a file is in its path\)/,
    );
  });

  testOnDisk('64k', 'a read-only file system is told', async (disk) => {
    mkdirSync(join(disk.folder, 'run'));
    disk.makeReadOnly();
    for (const name of ['run', 'new']) {
      expect(await refusal(lockRunFolder(new RunFolder(join(disk.folder, name))))).toMatch(
        /cannot be written: (EROFS|ENOENT): .*\(valid: a folder that may be written to\)/,
      );
    }
  });
});

test('RunFolder: no name leads out of the folder, and its files are distinct', () => {
  const run = new RunFolder('/runs/mine');
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('.', '/', '\\', '\0', 'a', 'A', '~') }), (name) => {
      expect(dirname(run.population(name))).toBe('/runs/mine/populations');
      expect(dirname(run.conditions(name))).toBe('/runs/mine/conditions');
      expect(dirname(run.figure(name))).toBe('/runs/mine/figures');
      expect(dirname(dirname(run.model(name, name)))).toBe('/runs/mine/models');
    }),
  );
});
