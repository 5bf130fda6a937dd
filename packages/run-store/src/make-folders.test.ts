import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { makeFolders } from './make-folders.js';

const folder = temporaryFolder();

test('makeFolders(path) makes a folder and those on the way, and says which was the first', async () => {
  const path = join(folder(), 'a', 'b', 'c');
  expect(await makeFolders(path)).toBe(join(folder(), 'a'));
  expect(statSync(path).isDirectory()).toBe(true);
  expect(await makeFolders(path)).toBeUndefined();
  expect(await makeFolders(join(path, 'd'))).toBe(join(path, 'd'));
});

test('makeFolders(path) makes a folder that another call makes at the same time', async () => {
  const path = join(folder(), 'x', 'y', 'z');
  await Promise.all([makeFolders(path), makeFolders(path), makeFolders(path)]);
  expect(statSync(path).isDirectory()).toBe(true);
});

test.each([
  ['EEXIST', ['file']],
  ['ENOTDIR', ['file', 'below']],
])('makeFolders(path) is %s where a file is in the path: %j', async (code, path) => {
  writeFileSync(join(folder(), 'file'), '');
  await expect(makeFolders(join(folder(), ...path))).rejects.toMatchObject({ code });
});

(existsSync('/proc/self') ? test : test.skip)(
  'makeFolders(path) ends where a file system has no new folders',
  async () => {
    await expect(makeFolders('/proc/netspace/run')).rejects.toMatchObject({ code: 'ENOENT' });
  },
);
