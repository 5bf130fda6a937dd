import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { refusal } from './fixtures/refusal.js';
import { testOnDisk } from './fixtures/small-disk.js';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { writeFileWhole } from './index.js';

const folder = temporaryFolder();

describe('writeFileWhole(file, content)', () => {
  test('writes text or bytes, in folders that it makes, in place of what was there', async () => {
    const file = join(folder(), 'figures', 'a.svg');
    await writeFileWhole(file, '<svg/>');
    expect(readFileSync(file, 'utf8')).toBe('<svg/>');
    await writeFileWhole(file, Uint8Array.of(1, 2));
    expect([...readFileSync(file)]).toEqual([1, 2]);
    expect(readdirSync(join(folder(), 'figures'))).toEqual(['a.svg']);
  });

  test('writers at the same time leave one of their files whole', async () => {
    const file = join(folder(), 'a.json');
    const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000));
    await Promise.all(texts.map((text) => writeFileWhole(file, text)));
    expect(texts).toContain(readFileSync(file, 'utf8'));
    expect(readdirSync(folder())).toEqual(['a.json']);
  });

  test('a folder where the file should be is told, and nothing is left behind', async () => {
    mkdirSync(join(folder(), 'a.json'));
    expect(await refusal(writeFileWhole(join(folder(), 'a.json'), 'x'))).toMatch(
      /a\.json: it cannot be written: EISDIR.*\(valid: no folder of that name\)/,
    );
    expect(readdirSync(folder())).toEqual(['a.json']);
  });

  test('a file where a folder should be is told, and left as it is', async () => {
    writeFileSync(join(folder(), 'figures'), 'mine');
    for (const path of ['figures/a.svg', 'figures/b/a.svg']) {
      expect(await refusal(writeFileWhole(join(folder(), path), 'x'))).toMatch(
        /a\.svg: it cannot be written: (EEXIST|ENOTDIR).*\(valid: a folder where a file is in its path\)/,
      );
    }
    expect(readFileSync(join(folder(), 'figures'), 'utf8')).toBe('mine');
    expect(readdirSync(folder())).toEqual(['figures']);
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? test.skip : test)('a folder that may not be written to is told (skipped for root, who may)', async () => {
    chmodSync(folder(), 0o500);
    expect(await refusal(writeFileWhole(join(folder(), 'a.json'), 'x'))).toMatch(
      /a\.json: it cannot be written: EACCES/,
    );
    expect(readdirSync(folder())).toEqual([]);
  });

  testOnDisk('64k', 'a full disk is told; the file from before stays, and nothing is left behind', async (disk) => {
    const file = join(disk.folder, 'a.json');
    await writeFileWhole(file, 'before');
    expect(await refusal(writeFileWhole(file, 'x'.repeat(100_000)))).toBe(
      `${file}: it cannot be written: ENOSPC: no space left on device, write (valid: room for it: what was there before is unharmed)`,
    );
    expect(readFileSync(file, 'utf8')).toBe('before');
    expect(readdirSync(disk.folder)).toEqual(['a.json']);
  });

  testOnDisk('64k', 'a read-only file system is told', async (disk) => {
    disk.makeReadOnly();
    expect(await refusal(writeFileWhole(join(disk.folder, 'a.json'), 'x'))).toMatch(
      /a\.json: it cannot be written: EROFS: .*\(valid: a folder that may be written to\)/,
    );
  });
});
