import { describe, expect, test } from '@jest/globals';
import type { Batch, Batches, Dataset, ImageSet } from '@netspace/contracts';
import { bytesOf } from './fixtures/bytes-of.js';
import { createBatchSource } from './index.js';

const size = 5;
const channels = 3;
const pixels = channels * size * size;

/** Images of bytes that all differ within an image: byte = 75 i + position, modulo 251, a prime. */
function tinyDataset(count: number, mirrorable: boolean): Dataset {
  const set = {
    count,
    images: Uint8Array.from({ length: count * pixels }, (_, i) => (75 * Math.floor(i / pixels) + (i % pixels)) % 251),
    labels: Uint16Array.from({ length: count }, (_, i) => i % 7),
  };
  const mean = [0.2, 0.4, 0.6];
  const standardDeviation = [0.1, 0.2, 0.3];
  return {
    name: 'tiny',
    classes: 7,
    channels,
    imageSize: size,
    mirrorable,
    mean,
    standardDeviation,
    train: set,
    test: set,
  };
}

const snapshot = ({ count, images, labels }: Batch): { images: Float32Array; labels: Int32Array } => ({
  images: images.slice(0, count * pixels),
  labels: labels.slice(0, count),
});

/** Copies of batches of images in memory, which come without waiting. */
function snapshots(batches: Batches): ReturnType<typeof snapshot>[] {
  if (!(Symbol.iterator in batches)) throw new Error('expected batches that come without waiting');
  return Array.from(batches, snapshot);
}

/** The documented augmentation, pixel by pixel: pad with zeros after normalisation, cut a window, mirror it. */
function augmented(
  dataset: Dataset,
  index: number,
  padding: number,
  row: number,
  column: number,
  mirrored: boolean,
): number[] {
  const padded = (channel: number, y: number, x: number): number => {
    if (y < padding || y >= size + padding || x < padding || x >= size + padding) return 0;
    const byte = bytesOf(dataset.train)[index * pixels + (channel * size + y - padding) * size + x - padding]!;
    return Math.fround((byte / 255 - dataset.mean[channel]!) / dataset.standardDeviation[channel]!);
  };
  return Array.from({ length: pixels }, (_, i) => {
    const x = i % size;
    const y = Math.floor(i / size) % size;
    return padded(Math.floor(i / size / size), row + y, column + (mirrored ? size - 1 - x : x));
  });
}

const none = { cropPadding: 0, mirror: false };

describe('createBatchSource(dataset, options)', () => {
  test('evaluation batches hold the normalised test images in order, the last what is left', () => {
    const dataset = tinyDataset(10, true);
    const source = createBatchSource(dataset, {
      batchSize: 4,
      seed: 1,
      augmentation: { cropPadding: 2, mirror: true },
    });
    const batches = snapshots(source.evaluationBatches('test'));
    expect(batches.map(({ labels }) => [...labels])).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 0],
      [1, 2],
    ]);
    const images = batches.flatMap((batch) => [...batch.images]);
    expect(images).toEqual(Array.from({ length: 10 }, (_, index) => augmented(dataset, index, 0, 0, 0, false)).flat());
  });

  test('an epoch holds every training image at most once, in full batches', () => {
    const dataset = tinyDataset(10, true);
    const source = createBatchSource(dataset, { batchSize: 3, seed: 1, augmentation: none });
    expect(source.trainingBatchesPerEpoch).toBe(3);
    const batches = snapshots(source.trainingBatches(0));
    expect(batches.map(({ labels }) => labels.length)).toEqual([3, 3, 3]);
    const plain = Array.from({ length: 10 }, (_, index) => augmented(dataset, index, 0, 0, 0, false).join());
    const seen = batches.flatMap(({ images, labels }) =>
      [...labels].map((label, i) => {
        const index = plain.indexOf([...images.subarray(i * pixels, (i + 1) * pixels)].join());
        expect(index % 7).toBe(label);
        return index;
      }),
    );
    expect(new Set(seen).size).toBe(9);
    expect(seen).not.toEqual([...seen].sort((a, b) => a - b));
  });

  test.each([
    ['mirrorable', true, 2],
    ['not mirrorable', false, 1],
  ])('crop with padding 2 and mirror: every window of a %s image is equally likely', (_, mirrorable, sides) => {
    const dataset = tinyDataset(1, mirrorable);
    const windows = new Map<string, number>();
    for (let row = 0; row <= 4; row++) {
      for (let column = 0; column <= 4; column++) {
        for (let side = 0; side < sides; side++)
          windows.set(augmented(dataset, 0, 2, row, column, side === 1).join(), 0);
      }
    }
    expect(windows.size).toBe(25 * sides);
    const source = createBatchSource(dataset, {
      batchSize: 1,
      seed: 4,
      augmentation: { cropPadding: 2, mirror: true },
    });
    const epochs = 200 * windows.size;
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (const { images } of snapshots(source.trainingBatches(epoch))) {
        const key = [...images].join();
        windows.set(key, windows.get(key)! + 1);
      }
    }
    const chiSquared = [...windows.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    // Chi-squared with k degrees of freedom: mean k, variance 2 k; five standard deviations above. An unknown window makes it NaN.
    const degrees = windows.size - 1;
    expect(chiSquared).toBeLessThan(degrees + 5 * Math.sqrt(2 * degrees));
  });

  test('crops larger than the image leave zeros', () => {
    const dataset = tinyDataset(1, false);
    const source = createBatchSource(dataset, {
      batchSize: 1,
      seed: 4,
      augmentation: { cropPadding: 9, mirror: false },
    });
    const windows = Array.from({ length: 300 }, (_, epoch) => snapshots(source.trainingBatches(epoch))[0]!.images);
    expect(windows.filter((images) => images.every((value) => value === 0)).length).toBeGreaterThan(0);
    expect(windows.every((images) => images.every((value) => Number.isFinite(value)))).toBe(true);
  });

  test('an epoch is the same whatever ran before, on another source, and after an epoch left early', async () => {
    const options = { batchSize: 4, seed: 9, augmentation: { cropPadding: 1, mirror: true } };
    const first = createBatchSource(tinyDataset(12, true), options);
    const epoch3 = snapshots(first.trainingBatches(3));
    for await (const batch of first.trainingBatches(0)) if (batch.count > 0) break;
    expect(snapshots(first.evaluationBatches('test'))).toHaveLength(3);
    expect(snapshots(first.trainingBatches(3))).toEqual(epoch3);
    expect(snapshots(createBatchSource(tinyDataset(12, true), options).trainingBatches(3))).toEqual(epoch3);
    expect(snapshots(first.trainingBatches(4))).not.toEqual(epoch3);
    expect(snapshots(createBatchSource(tinyDataset(12, true), { ...options, seed: 8 }).trainingBatches(3))).not.toEqual(
      epoch3,
    );
  });

  test('an epoch from a batch on is what is left of it', () => {
    for (const augmentation of [none, { cropPadding: 2, mirror: true }]) {
      const source = createBatchSource(tinyDataset(14, true), { batchSize: 3, seed: 2, augmentation });
      const whole = snapshots(source.trainingBatches(1));
      for (const first of [0, 1, 3, 4]) expect(snapshots(source.trainingBatches(1, first))).toEqual(whole.slice(first));
    }
  });

  test('the order of the images depends on epoch and seed', () => {
    const orderOf = (seed: number, epoch: number): string => {
      const source = createBatchSource(tinyDataset(40, true), { batchSize: 40, seed, augmentation: none });
      return snapshots(source.trainingBatches(epoch))[0]!.images.join();
    };
    expect(new Set([orderOf(1, 0), orderOf(1, 1), orderOf(1, 2), orderOf(2, 0)]).size).toBe(4);
    expect(orderOf(1, 1)).toBe(orderOf(1, 1));
  });

  test.each([0, 1.5, 13, NaN])('a batch size of %s for 12 images is refused', (batchSize) => {
    expect(() => createBatchSource(tinyDataset(12, true), { batchSize, seed: 1, augmentation: none })).toThrow(
      `recipe.batchSize: got ${batchSize} (valid: an integer from 1 to 12, the number of training images)`,
    );
  });

  test('a channel that does not vary is refused', () => {
    const flat = { ...tinyDataset(12, true), standardDeviation: [0.1, 0, 0.3] };
    expect(() => createBatchSource(flat, { batchSize: 4, seed: 1, augmentation: none })).toThrow(
      'dataset: channel 1 of the training images has standard deviation 0 (valid: images that vary in every channel)',
    );
  });

  test('images that are read on the way give the same batches as those in memory', async () => {
    const dataset = tinyDataset(10, true);
    const asked: number[][] = [];
    const onTheWay: ImageSet = {
      ...dataset.train,
      async images(indices, target) {
        asked.push([...indices]);
        expect(target).toHaveLength(indices.length * pixels);
        await Promise.resolve();
        indices.forEach((index, i) =>
          target.set(bytesOf(dataset.train).subarray(index * pixels, (index + 1) * pixels), i * pixels),
        );
      },
    };
    const options = { batchSize: 4, seed: 3, augmentation: { cropPadding: 1, mirror: true } };
    const expected = createBatchSource({ ...dataset, validation: dataset.train }, options);
    const source = createBatchSource({ ...dataset, train: onTheWay, validation: onTheWay }, options);
    const batchesOf = async (batches: Batches): Promise<unknown[]> => {
      const all = [];
      for await (const batch of batches) all.push(snapshot(batch));
      return all;
    };
    expect(await batchesOf(source.trainingBatches(2))).toEqual(snapshots(expected.trainingBatches(2)));
    expect(await batchesOf(source.evaluationBatches('validation'))).toEqual(
      snapshots(expected.evaluationBatches('validation')),
    );
    expect(asked.slice(2)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
  });

  test('says whether there is a validation part, and gives it in order', () => {
    const dataset = tinyDataset(10, true);
    const options = { batchSize: 4, seed: 1, augmentation: none };
    const without = createBatchSource(dataset, options);
    expect(without.hasValidation).toBe(false);
    expect(() => without.evaluationBatches('validation')).toThrow('the dataset tiny has no validation part');
    const validation = { count: 2, images: bytesOf(dataset.test).slice(0, 2 * pixels), labels: Uint16Array.of(6, 5) };
    const source = createBatchSource({ ...dataset, validation }, options);
    expect(source.hasValidation).toBe(true);
    expect(snapshots(source.evaluationBatches('validation')).map(({ labels }) => [...labels])).toEqual([[6, 5]]);
  });
});
