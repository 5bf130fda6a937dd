import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { decodedImages } from './image-cache.js';
import type { RowFile } from './row-file.js';

let root: string;
let directory: string;
const cache = (): string => join(directory, '.netspace-cache');
const put = async (name: string, value: number): Promise<void> => {
  const raw = { width: 2, height: 2, channels: 1 } as const;
  writeFileSync(join(directory, name), await sharp(new Uint8Array(4).fill(value), { raw }).png().toBuffer());
};
const decode = (paths = ['a.png', 'b.png'], signal?: AbortSignal): Promise<RowFile> =>
  decodedImages({ directory, paths, imageSize: 2, channels: 1 }, signal);
const rowsOf = ({ path, headerBytes }: RowFile): number[] => [...readFileSync(path).subarray(headerBytes)];
const rows = (...values: number[]): number[] => values.flatMap((value) => [value, value, value, value]);

const ownCacheHome = process.env.XDG_CACHE_HOME;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'netspace-cache-'));
  directory = join(root, 'images');
  mkdirSync(directory);
  process.env.XDG_CACHE_HOME = join(root, 'home');
  await put('a.png', 10);
  await put('b.png', 20);
});
afterEach(() => {
  if (ownCacheHome === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = ownCacheHome;
  rmSync(root, { recursive: true });
});

describe('decodedImages(images)', () => {
  test('decodes once: a second call finds the file as it was', async () => {
    const first = await decode();
    expect(rowsOf(first)).toEqual(rows(10, 20));
    const before = statSync(first.path, { bigint: true });
    expect(await decode()).toEqual(first);
    expect(statSync(first.path, { bigint: true })).toEqual(before);
    expect(readdirSync(cache())).toHaveLength(1);
  });

  test('decodes anew where a file, its time, the list or the order has changed', async () => {
    const first = await decode();
    expect(rowsOf(await decode(['b.png', 'a.png']))).toEqual(rows(20, 10));
    expect(rowsOf(await decode(['a.png']))).toEqual(rows(10));
    utimesSync(join(directory, 'a.png'), 1, 1);
    const touched = await decode();
    expect(touched.path).not.toBe(first.path);
    // Another pixel in as many bytes, dated back.
    await put('a.png', 11);
    utimesSync(join(directory, 'a.png'), 1, 1);
    expect(rowsOf(await decode())).toEqual(rows(11, 20));
  });

  test.each<[string, (path: string) => void]>([
    ['cut short', (path) => truncateSync(path, 37)],
    ['empty', (path) => truncateSync(path, 0)],
    [
      'changed in one byte',
      (path) =>
        writeFileSync(
          path,
          readFileSync(path).map((byte, i) => (i === 35 ? byte ^ 1 : byte)),
        ),
    ],
  ])('makes a file anew that is %s', async (_, damage) => {
    const { path } = await decode();
    damage(path);
    expect(rowsOf(await decode())).toEqual(rows(10, 20));
    expect(readdirSync(cache())).toHaveLength(1);
  });

  test('takes the cache folder of the user where the images’ own cannot be written', async () => {
    // A file where the folder should be: nobody, not even root, can write into it.
    writeFileSync(cache(), '');
    const { path } = await decode();
    expect(path.startsWith(join(root, 'home', 'netspace'))).toBe(true);
    expect((await decode()).path).toBe(path);
  });

  test('says where it cannot be written', async () => {
    writeFileSync(cache(), '');
    writeFileSync(join(root, 'home'), '');
    await expect(decode()).rejects.toThrow(/home.netspace.[0-9a-f]{32}\.images: cannot be written: /);
  });

  test('a signal ends it with its reason and leaves nothing behind', async () => {
    await expect(decode(undefined, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    expect(readdirSync(cache())).toEqual([]);
  });

  test('a link to nothing is named', async () => {
    await expect(decode(['a.png', 'c.png'])).rejects.toThrow(`${join(directory, 'c.png')}: cannot be read: ENOENT`);
  });

  test('several at a time do not disturb one another', async () => {
    const files = await Promise.all([decode(), decode(), decode()]);
    for (const file of files) expect(rowsOf(file)).toEqual(rows(10, 20));
    expect(readdirSync(cache())).toHaveLength(1);
  });
});
