import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Dataset, InvalidInputError } from '@netspace/contracts';
import sharp from 'sharp';
import { bytesOf } from './fixtures/bytes-of.js';
import { describeContent, describeDataset, loadDataset } from './index.js';

const size = 4;

/** A PNG of interleaved bytes. */
const png = (bytes: Uint8Array, width: number, channels: 1 | 3 | 4): Promise<Buffer> =>
  sharp(bytes, { raw: { width, height: bytes.length / width / channels, channels } })
    .png()
    .toBuffer();
/** A 4x4 colour PNG of which every byte is `value`, but for the first pixel: its channels are 1, 2, 3. */
const marked = (value: number): Promise<Buffer> =>
  png(new Uint8Array(48).fill(value).fill(1, 0, 1).fill(2, 1, 2).fill(3, 2, 3), 4, 3);
const planesOf = (value: number): number[] => [1, 2, 3].flatMap((mark) => [mark, ...Array<number>(15).fill(value)]);

let directory: string;
async function put(path: string, content: Buffer | Promise<Buffer>): Promise<void> {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), await content);
}
const load = (own: object = {}): Promise<Dataset> =>
  loadDataset({ name: 'folder', directory, imageSize: size, ...own });
const hashOf = async (own: object = {}): Promise<string> => (await describeContent(await load(own))).hash;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'netspace-folder-'));
  await put('train/dog/2.png', marked(20));
  await put('train/dog/10.PNG', marked(10));
  await put('train/cat/a.png', marked(30));
  await put('test/dog/x.png', marked(40));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('loadDataset({ name: folder })', () => {
  test('takes classes and images in the order of their names, as planes', async () => {
    expect(await describeDataset({ name: 'folder', directory, imageSize: size })).toEqual({
      classes: 2,
      channels: 3,
      imageSize: 4,
    });
    const dataset = await load();
    expect(dataset).toMatchObject({ name: 'folder', classes: 2, channels: 3, imageSize: 4, mirrorable: false });
    expect([...dataset.train.labels]).toEqual([0, 1, 1]);
    expect([...bytesOf(dataset.train)]).toEqual([30, 10, 20].flatMap(planesOf));
    expect([...dataset.test.labels]).toEqual([1]);
    expect([...bytesOf(dataset.test)]).toEqual(planesOf(40));
    expect(dataset).not.toHaveProperty('validation');
  });

  test('has a validation part where its folder is there', async () => {
    await put('validation/cat/v.png', marked(50));
    const { validation } = await load();
    expect([...validation!.labels]).toEqual([0]);
    expect([...bytesOf(validation!)]).toEqual(planesOf(50));
  });

  test('takes class-balanced subsets', async () => {
    const { train } = await load({ trainImages: 2 });
    expect([...train.labels]).toEqual([0, 1]);
    expect([...bytesOf(train)]).toEqual([30, 10].flatMap(planesOf));
    await expect(load({ testImages: 2 })).rejects.toThrow('dataset.testImages: got 2 (valid: 1 to 1');
  });

  test('draws the parts from one folder by a split', async () => {
    for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true });
    for (let i = 0; i < 10; i++) {
      await put(`a/${i}.png`, marked(i));
      await put(`b/${i}.png`, marked(100 + i));
    }
    const split = { test: 0.2, validation: 0.1, seed: 5 };
    const dataset = await load({ split });
    const firsts = (part: 'train' | 'validation' | 'test'): number[] =>
      [...bytesOf(dataset[part]!)].filter((_, i) => i % 48 === 1);
    expect(firsts('test')).toHaveLength(4);
    expect([...dataset.test.labels]).toEqual([0, 0, 1, 1]);
    expect(firsts('validation')).toHaveLength(2);
    const all = [...firsts('train'), ...firsts('validation'), ...firsts('test')].sort((a, b) => a - b);
    expect(all).toEqual([...Array(10).keys(), ...Array.from({ length: 10 }, (_, i) => 100 + i)]);
    expect(await hashOf({ split })).toBe((await describeContent(dataset)).hash);
    expect(await hashOf({ split: { ...split, seed: 6 } })).not.toBe(await hashOf({ split }));
    // The images are the same whichever part they are in: they are decoded once.
    expect(readdirSync(join(directory, '.netspace-cache'))).toHaveLength(1);
  });

  test('the same images in another folder and behind a link have the same content; one changed pixel has not', async () => {
    const hash = await hashOf();
    const copy = mkdtempSync(join(tmpdir(), 'netspace-folder-copy-'));
    cpSync(join(directory, 'train'), join(copy, 'train'), { recursive: true });
    cpSync(join(directory, 'test'), join(copy, 'test'), { recursive: true });
    symlinkSync(copy, `${copy}-link`);
    expect(await hashOf({ directory: copy })).toBe(hash);
    expect(await hashOf({ directory: `${copy}-link` })).toBe(hash);
    rmSync(`${copy}-link`);
    rmSync(copy, { recursive: true });
    await put('train/cat/a.png', marked(31));
    expect(await hashOf()).not.toBe(hash);
    await put('train/cat/a.png', marked(30));
    expect(await hashOf()).toBe(hash);
    // Another label for the same image.
    renameSync(join(directory, 'train/dog/2.png'), join(directory, 'train/cat/z.png'));
    expect(await hashOf()).not.toBe(hash);
  });
});

describe('an image becomes a square', () => {
  const pixelsOf = async (content: Buffer | Promise<Buffer>, own: object = {}): Promise<number[]> => {
    await put('test/dog/x.png', content);
    return [...bytesOf((await load(own)).test)];
  };

  test('scaled to cover it, what is too long cut off evenly at both ends', async () => {
    // Twelve columns in blocks of four: the middle one is left.
    const wide = Uint8Array.from({ length: 12 * 4 }, (_, i) => 10 * (1 + Math.floor((i % 12) / 4)));
    expect(await pixelsOf(png(wide, 12, 1), { channels: 1 })).toEqual(Array(16).fill(20));
    // The same at twice the size.
    const large = Uint8Array.from({ length: 24 * 8 }, (_, i) => (i % 24 < 8 ? 10 : i % 24 < 16 ? 20 : 30));
    const inner = (await pixelsOf(png(large, 24, 1), { channels: 1 })).filter((_, i) => i % 4 === 1 || i % 4 === 2);
    for (const value of inner) expect(Math.abs(value - 20)).toBeLessThanOrEqual(1);
  });

  test('grey files have three equal planes in colour; colour files lose their colour in grey', async () => {
    const grey = Uint8Array.from({ length: 16 }, (_, i) => 15 * i);
    expect(await pixelsOf(png(grey, 4, 1))).toEqual([...grey, ...grey, ...grey]);
    const colour = Uint8Array.from({ length: 48 }, (_, i) => 5 * Math.floor(i / 3));
    expect(await pixelsOf(png(colour, 4, 3), { channels: 1 })).toEqual(Array.from({ length: 16 }, (_, i) => 5 * i));
  });

  test('transparency is left out', async () => {
    const bytes = Uint8Array.from({ length: 64 }, (_, i) => (i % 4 === 3 ? 128 : 50 + (i % 4)));
    expect(await pixelsOf(png(bytes, 4, 4))).toEqual([50, 51, 52].flatMap((value) => Array<number>(16).fill(value)));
  });

  test('upright as its EXIF data says', async () => {
    // Left half black, right half white, to be turned by 90 degrees clockwise: black on top.
    const halves = Uint8Array.from({ length: 32 * 32 }, (_, i) => (i % 32 < 16 ? 0 : 255));
    const jpeg = sharp(halves, { raw: { width: 32, height: 32, channels: 1 } })
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer();
    const pixels = await pixelsOf(jpeg, { channels: 1 });
    for (const value of pixels.slice(0, 4)) expect(value).toBeLessThan(20);
    for (const value of pixels.slice(12)) expect(value).toBeGreaterThan(235);
  });
});

const firstHalf = (file: Buffer): Buffer => file.subarray(0, file.length / 2);

describe('what is no folder of images', () => {
  test.each<[string, () => unknown, string | RegExp]>([
    [
      'a file that is no image',
      () => put('train/cat/a.png', Buffer.from('text')),
      'train/cat/a.png: cannot be decoded: ',
    ],
    [
      'a truncated PNG',
      async () => put('test/dog/x.png', firstHalf(await marked(40))),
      'test/dog/x.png: cannot be decoded: ',
    ],
    [
      'a truncated JPEG',
      async () => {
        const raw = { width: 16, height: 16, channels: 3 } as const;
        const pixels = Uint8Array.from({ length: 768 }, (_, i) => i * i);
        await put('test/dog/y.jpg', firstHalf(await sharp(pixels, { raw }).jpeg().toBuffer()));
      },
      'test/dog/y.jpg: cannot be decoded: ',
    ],
    [
      'a file of another kind',
      () => put('train/cat/notes.txt', Buffer.from('')),
      'train/cat/notes.txt: is no image (valid: ',
    ],
    ['an image in no class', () => put('train/b.png', marked(1)), 'train/b.png: lies in no class (valid: train/CLASS/'],
    ['a class without images', () => mkdirSync(join(directory, 'train/emu')), 'train/emu: has no images'],
    [
      'a class that is not trained on',
      () => put('test/emu/1.png', marked(1)),
      'test/emu: is no class (valid: one of the 2',
    ],
    [
      'no test part',
      () => rmSync(join(directory, 'test'), { recursive: true }),
      /test: cannot be read: ENOENT.*test: 0\.2/,
    ],
    ['no training part', () => rmSync(join(directory, 'train'), { recursive: true }), /train: cannot be read: ENOENT/],
  ])('%s is named', async (_, change, message) => {
    await change();
    await expect(load()).rejects.toThrow(InvalidInputError);
    await expect(load()).rejects.toThrow(message);
    const cache = join(directory, '.netspace-cache');
    expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
  });

  test('a split of parts that lie apart is refused', async () => {
    await expect(load({ split: {} })).rejects.toThrow(
      `dataset.split: ${directory} has its parts apart, in train and test (valid: no split)`,
    );
  });

  test('hidden files are passed over', async () => {
    await put('train/.DS_Store', Buffer.from(''));
    await put('train/cat/.DS_Store', Buffer.from(''));
    expect((await load()).train.count).toBe(3);
  });
});
