import { describe, expect, test } from '@jest/globals';
import type { Batches, Dataset } from '@netspace/contracts';
import fc from 'fast-check';
import { holdOut } from './hold-out.js';
import { createBatchSource } from './index.js';

function partOf(labels: readonly number[]): Pick<Dataset, 'train'> {
  return { train: { count: labels.length, images: Uint8Array.from(labels.keys()), labels: Uint16Array.from(labels) } };
}

/** `images` of each of ten classes. */
const tenClasses = (images: number): number[] => Array.from({ length: 10 * images }, (_, row) => row % 10);

describe('holdOut(dataset, share)', () => {
  test('divides the training images: every row is in one part, and of every class the share is held out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 60 }), fc.integer({ min: 1, max: 9 }), (images, tenths) => {
        const labels = tenClasses(images);
        const { train, validation } = holdOut(partOf(labels), tenths / 10);
        expect([...train, ...validation!].sort((a, b) => a - b)).toEqual([...labels.keys()]);
        for (let label = 0; label < 10; label++) {
          const held = [...validation!].filter((row) => labels[row] === label);
          expect(held).toHaveLength(Math.floor((images * tenths) / 10));
        }
      }),
    );
  });

  test('is the same always, and no run of rows', () => {
    const [first, second] = [holdOut(partOf(tenClasses(50)), 0.1), holdOut(partOf(tenClasses(50)), 0.1)];
    expect(first).toEqual(second);
    expect([...first.validation!]).not.toEqual(Array.from({ length: 50 }, (_, row) => row));
  });

  test.each([undefined, 0])('holds nothing out where the share is %s', (share) => {
    expect(holdOut(partOf([0, 1]), share)).toEqual({ train: Uint32Array.of(0, 1) });
  });

  test('refuses a dataset that has a validation part, and a share of less than one image', () => {
    const images = partOf(tenClasses(9));
    expect(() => holdOut({ ...images, validation: images.train }, 0.5)).toThrow(
      'recipe.validation: got 0.5: the dataset has a validation part of its own (valid: no share, or a dataset without that part)',
    );
    expect(() => holdOut(images, 0.1)).toThrow(
      'recipe.validation: got 0.1: of each class that is less than one image (valid: a larger share)',
    );
  });
});

describe('createBatchSource(dataset, { validation })', () => {
  const labels = tenClasses(20);
  // A pixel each: its row.
  const shape = { classes: 10, channels: 1, imageSize: 1, mirrorable: false, mean: [0], standardDeviation: [1 / 255] };
  const dataset: Dataset = { name: 'rows', ...shape, ...partOf(labels), test: partOf([0]).train };
  const options = { batchSize: 7, seed: 3, augmentation: { cropPadding: 0, mirror: false } };

  async function rowsIn(batches: Batches): Promise<number[]> {
    const rows = [];
    for await (const { images, count } of batches) rows.push(...Array.from(images.subarray(0, count), Math.round));
    return rows;
  }

  test('trains on what is not held out, and evaluates what is, in order', async () => {
    const source = createBatchSource(dataset, { ...options, validation: 0.25 });
    const { train, validation } = holdOut(dataset, 0.25);
    expect(source.hasValidation).toBe(true);
    expect(source.trainingBatchesPerEpoch).toBe(Math.floor(150 / 7));
    expect(await rowsIn(source.evaluationBatches('validation'))).toEqual([...validation!]);
    const trained = await rowsIn(source.trainingBatches(0));
    expect(new Set(trained).size).toBe(147);
    expect(trained.every((row) => train.includes(row))).toBe(true);
  });

  test('refuses a batch larger than what is left', () => {
    expect(() => createBatchSource(dataset, { ...options, batchSize: 151, validation: 0.25 })).toThrow(
      'recipe.batchSize: got 151 (valid: an integer from 1 to 150, the number of training images)',
    );
  });
});
