import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import { bytesOf } from './fixtures/bytes-of.js';
import { readNpyFixture } from './fixtures/npy-fixture.js';
import { describeDataset, loadDataset } from './index.js';

/** What NumPy wrote to element i of the images. */
const element = (index: number): number => (7 * index) % 256;

let directory: string;
const path = (name: string): string => join(directory, name);
const put = (name: string, file: string): void => writeFileSync(path(name), readNpyFixture(file));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'netspace-npy-'));
  for (const part of ['train', 'test']) {
    put(`${part}_images.npy`, 'colour [n, h, w, c]');
    put(`${part}_labels.npy`, 'labels <i8');
  }
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('loadDataset({ name: npy })', () => {
  test.each([
    ['grey', 1, (i: number) => element(i)],
    ['grey version 2', 1, (i: number) => element(i)],
    ['grey version 3', 1, (i: number) => element(i)],
    ['grey [n, h, w, 1]', 1, (i: number) => element(i)],
    ['colour [n, c, h, w]', 3, (i: number) => element(i)],
    // Value (channel, pixel) of image n lies at 75 n + 3 pixel + channel in the file.
    [
      'colour [n, h, w, c]',
      3,
      (i: number) => element(75 * Math.floor(i / 75) + 3 * (i % 25) + (Math.floor(i / 25) % 3)),
    ],
  ])('reads %s as planes of %i channels', async (file, channels, expected) => {
    for (const part of ['train', 'test']) put(`${part}_images.npy`, file);
    const shape = { classes: 3, channels, imageSize: 5 };
    expect(await describeDataset({ name: 'npy', directory })).toEqual(shape);
    const dataset = await loadDataset({ name: 'npy', directory });
    expect(dataset).toMatchObject({ ...shape, mirrorable: false });
    expect([...bytesOf(dataset.train)]).toEqual(Array.from({ length: 4 * 25 * channels }, (_, i) => expected(i)));
  });

  const integerTypes = ['i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8'].flatMap((type) => [`<${type}`, `>${type}`]);
  test.each([...integerTypes, '[n, 1]'])('reads labels of type %s', async (type) => {
    put('train_labels.npy', `labels ${type}`);
    expect([...(await loadDataset({ name: 'npy', directory })).train.labels]).toEqual([2, 0, 1, 2]);
  });

  test('knows 65,535 classes', async () => {
    put('train_labels.npy', 'labels large');
    expect(await describeDataset({ name: 'npy', directory })).toMatchObject({ classes: 65_535 });
    expect((await loadDataset({ name: 'npy', directory })).train.labels[0]).toBe(65_534);
  });

  test('has a validation part where its files are there, and takes subsets of the others', async () => {
    expect(await loadDataset({ name: 'npy', directory })).not.toHaveProperty('validation');
    put('validation_images.npy', 'colour [n, h, w, c]');
    put('validation_labels.npy', 'labels <i8');
    const dataset = await loadDataset({ name: 'npy', directory, mirrorable: true, trainImages: 3, testImages: 1 });
    expect(dataset.mirrorable).toBe(true);
    expect([...dataset.train.labels]).toEqual([2, 0, 1]);
    expect(dataset.validation?.count).toBe(4);
    expect([...dataset.test.labels]).toEqual([0]);
    const whole = await loadDataset({ name: 'npy', directory });
    expect(bytesOf(dataset.test)).toEqual(bytesOf(whole.test).subarray(75, 150));
  });

  test('draws the parts from images.npy and labels.npy by a split', async () => {
    put('images.npy', 'grey');
    put('labels.npy', 'labels <i8');
    const split = { test: 0.5, seed: 3 };
    expect(await describeDataset({ name: 'npy', directory, split })).toEqual({ classes: 3, channels: 1, imageSize: 5 });
    const { train, test: held, validation } = await loadDataset({ name: 'npy', directory, split });
    expect(validation).toBeUndefined();
    // Of class 2 there are two images, 0 and 3: one for each part. Of the others there is one, to train on.
    expect([...held.labels]).toEqual([2]);
    const first = bytesOf(held)[0]!;
    expect([element(0), element(75)]).toContain(first);
    expect([...train.labels]).toEqual(first === element(0) ? [0, 1, 2] : [2, 0, 1]);
  });

  const layouts = 'valid: [n, h, h], [n, h, h, c] or [n, c, h, h]: n squares of c = 1 or 3 channels';
  test.each([
    ['train_images.npy', 'oblong', `has shape [4, 5, 6] (${layouts}`],
    ['train_images.npy', 'two channels', `has shape [4, 5, 5, 2] (${layouts}`],
    ['train_images.npy', 'no images', `has shape [0, 5, 5] (${layouts}`],
    ['train_images.npy', 'labels <i8', 'holds <i8 (valid: uint8, 0 to 255: '],
    ['train_images.npy', 'float32', 'holds <f4 (valid: uint8, 0 to 255: numpy.save(file, images.astype(numpy.uint8)))'],
    ['train_images.npy', 'fortran', 'lies in Fortran order (valid: C order: numpy.save(file, numpy.ascontiguousarray('],
    ['train_images.npy', 'record', "has the header {'descr': [('a', '|u1'), ('b', '<i4')]"],
    ['test_images.npy', 'grey', 'has images of 5x5, 1 channels (valid: 5x5, 3 channels, as for training)'],
    ['train_labels.npy', 'float32', 'holds <f4 (valid: integers)'],
    ['train_labels.npy', 'labels bool', 'holds |b1 (valid: integers)'],
    ['train_labels.npy', 'labels [n, 2]', 'has shape [4, 2] (valid: [n], n labels)'],
    ['train_labels.npy', 'labels negative', 'row 1 has label -1 (valid: 0 to 65534)'],
    ['train_labels.npy', 'labels too large', 'row 2 has label 65535 (valid: 0 to 65534)'],
    ['train_labels.npy', 'labels three', '3 labels (valid: 4, one for each image)'],
    ['test_labels.npy', 'labels of class 3', 'row 2 has label 3 (valid: 0 to 2)'],
  ])('%s as "%s": names the file and what is valid', async (name, file, message) => {
    put(name, file);
    const loading = loadDataset({ name: 'npy', directory });
    await expect(loading).rejects.toThrow(InvalidInputError);
    await expect(loading).rejects.toThrow(`${path(name)}: ${message}`);
  });

  test('a truncated, an empty and a missing file, and one of another kind: named', async () => {
    truncateSync(path('test_images.npy'), 400);
    await expect(loadDataset({ name: 'npy', directory })).rejects.toThrow(
      `${path('test_images.npy')}: 400 bytes (valid: 428 for |u1 of shape [4, 5, 5, 3])`,
    );
    truncateSync(path('test_images.npy'), 0);
    await expect(loadDataset({ name: 'npy', directory })).rejects.toThrow('test_images.npy: is no .npy file (valid: ');
    writeFileSync(path('test_images.npy'), 'PK\x03\x04 an archive of numpy.savez');
    await expect(loadDataset({ name: 'npy', directory })).rejects.toThrow('test_images.npy: is no .npy file (valid: ');
    rmSync(path('test_images.npy'));
    await expect(loadDataset({ name: 'npy', directory })).rejects.toThrow(/test_images\.npy: cannot be read: ENOENT/);
  });
});
