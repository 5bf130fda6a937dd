import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Dataset, ImageSet } from '@netspace/contracts';
import { describeContent } from './index.js';

const train = { count: 2, images: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), labels: Uint16Array.of(0, 300) };
const held = { count: 1, images: Uint8Array.of(9, 10, 11, 12), labels: Uint16Array.of(1) };
const dataset: Dataset = {
  name: 'tiny',
  classes: 301,
  channels: 1,
  imageSize: 2,
  mirrorable: false,
  mean: [0.25],
  standardDeviation: [0.5],
  train,
  test: held,
};
const hashOf = async (own: Partial<Dataset>): Promise<string> => (await describeContent({ ...dataset, ...own })).hash;
const onTheWay = ({ count, labels }: ImageSet): ImageSet => ({ count, labels, images: () => Promise.resolve() });

describe('describeContent(dataset)', () => {
  test('hashes the documented bytes', async () => {
    const head =
      '{"classes":301,"channels":1,"imageSize":2,"mirrorable":false,"mean":[0.25],"standardDeviation":[0.5],' +
      '"images":{"train":2,"test":1}}\n';
    const labels = [Buffer.of(0, 0, 0x2c, 1), Buffer.of(1, 0)] as const;
    const bytes = [Buffer.from(head), labels[0], train.images, labels[1], held.images];
    expect(await describeContent(dataset)).toEqual({
      name: 'tiny',
      hash: createHash('sha256').update(Buffer.concat(bytes)).digest('hex'),
      images: { train: 2, test: 1 },
      ...{ classes: 301, channels: 1, imageSize: 2, mirrorable: false, mean: [0.25], standardDeviation: [0.5] },
      // Two classes, one image each.
      chanceLoss: expect.closeTo(Math.LN2, 14),
    });
  });

  test('another name gives the same hash', async () => {
    expect(await hashOf({ name: 'other' })).toBe(await hashOf({}));
  });

  test.each<[string, Partial<Dataset>]>([
    ['one training pixel', { train: { ...train, images: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 9) } }],
    ['one test pixel', { test: { ...held, images: Uint8Array.of(9, 10, 11, 13) } }],
    ['one label', { train: { ...train, labels: Uint16Array.of(0, 299) } }],
    ['the high byte of a label', { train: { ...train, labels: Uint16Array.of(0, 300 - 256) } }],
    ['the parts', { train: held, test: train }],
    ['a validation part', { validation: held }],
    ['the number of classes', { classes: 302 }],
    ['mirroring', { mirrorable: true }],
    ['the normalisation', { mean: [0.26] }],
  ])('%s changes the hash', async (_, own) => {
    expect(await hashOf(own)).not.toBe(await hashOf({}));
  });

  test('where images are read on the way, contentRevision stands for them, besides the labels', async () => {
    const own = { train: onTheWay(train), test: onTheWay(held), contentRevision: '1' };
    const hash = await hashOf(own);
    expect(await hashOf(own)).toBe(hash);
    expect(await hashOf({ ...own, contentRevision: '2' })).not.toBe(hash);
    expect(await hashOf({ ...own, test: { ...own.test, labels: Uint16Array.of(2) } })).not.toBe(hash);
  });

  test('images that are read on the way without contentRevision are refused', async () => {
    await expect(hashOf({ train: onTheWay(train) })).rejects.toThrow(
      'dataset: its images are read on the way, but it has no contentRevision',
    );
  });
});
