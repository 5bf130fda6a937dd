import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import { bytesOf } from './fixtures/bytes-of.js';
import { loadDataset } from './index.js';

/** A row of the layout: the label, then every byte of the red, green and blue planes in one value each. */
const row = (label: number, red: number, green: number, blue: number): Buffer =>
  Buffer.concat([Buffer.of(label), Buffer.alloc(1024, red), Buffer.alloc(1024, green), Buffer.alloc(1024, blue)]);

describe('loadDataset({ name: cifar10 })', () => {
  let directory: string;
  const path = (name: string): string => join(directory, name);

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'netspace-cifar10-'));
    writeFileSync(path('data_batch_10.bin'), row(4, 40, 41, 42));
    writeFileSync(
      path('data_batch_2.bin'),
      Buffer.concat([row(0, 10, 11, 12), row(9, 90, 91, 92), row(0, 13, 14, 15)]),
    );
    writeFileSync(path('test_batch.bin'), Buffer.concat([row(1, 1, 2, 3), row(2, 4, 5, 6)]));
    writeFileSync(path('batches.meta.txt'), 'airplane\n');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('takes every batch in the order of its number, any number of rows, planes red, green, blue', async () => {
    const cifar10 = await loadDataset({ name: 'cifar10', directory });
    expect([cifar10.classes, cifar10.channels, cifar10.imageSize, cifar10.mirrorable]).toEqual([10, 3, 32, true]);
    expect([...cifar10.train.labels]).toEqual([0, 9, 0, 4]);
    expect([...cifar10.test.labels]).toEqual([1, 2]);
    const corners = [...bytesOf(cifar10.train)].filter((_, i) => i % 1024 === 1023);
    expect(corners).toEqual([10, 11, 12, 90, 91, 92, 13, 14, 15, 40, 41, 42]);
    expect(cifar10.mean[0]).toBeCloseTo((10 + 90 + 13 + 40) / 4 / 255, 12);
  });

  test('a subset crosses the files', async () => {
    const { train } = await loadDataset({ name: 'cifar10', directory, trainImages: 3, testImages: 1 });
    expect([...train.labels]).toEqual([0, 9, 4]);
    expect(bytesOf(train)[2 * 3072]).toBe(40);
  });

  test('a truncated file: names the size and the row length', async () => {
    truncateSync(path('data_batch_2.bin'), 3 * 3073 - 1);
    const message = `${path('data_batch_2.bin')}: 9218 bytes (valid: one or more rows of 3073 bytes, a label and 3x32x32 pixels; `;
    await expect(loadDataset({ name: 'cifar10', directory })).rejects.toThrow(message);
  });

  test('an empty file is refused', async () => {
    truncateSync(path('test_batch.bin'), 0);
    await expect(loadDataset({ name: 'cifar10', directory })).rejects.toThrow(`${path('test_batch.bin')}: 0 bytes`);
  });

  test('a label that is no class: names file, row and value', async () => {
    appendFileSync(path('test_batch.bin'), row(10, 0, 0, 0));
    const message = `${path('test_batch.bin')}: row 2 has label 10 (valid: 0 to 9)`;
    await expect(loadDataset({ name: 'cifar10', directory })).rejects.toThrow(message);
  });

  test('a folder without batches, and no folder: say where to get them', async () => {
    rmSync(path('test_batch.bin'));
    await expect(loadDataset({ name: 'cifar10', directory })).rejects.toThrow(
      /has no file test_batch\*\.bin .*https:\/\/www.cs.toronto.edu\/~kriz\/cifar-10-binary.tar.gz/,
    );
    const missing = loadDataset({ name: 'cifar10', directory: path('nowhere') });
    await expect(missing).rejects.toThrow(/cannot be read: ENOENT.*cifar-10-binary.tar.gz/);
    await expect(loadDataset({ name: 'cifar10' })).rejects.toThrow(
      /^dataset\.directory: missing.*cifar-10-binary.tar.gz.*--data DIR/,
    );
    await expect(loadDataset({ name: 'cifar10' })).rejects.toThrow(InvalidInputError);
  });
});
