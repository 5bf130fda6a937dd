import { describe, expect, test } from '@jest/globals';
import type { Dataset } from '@netspace/contracts';
import { bytesOf } from './fixtures/bytes-of.js';
import { loadDataset } from './index.js';

const spec = {
  name: 'synthetic',
  classes: 10,
  imageSize: 8,
  channels: 3,
  trainImages: 1000,
  testImages: 500,
  difficulty: 0,
  seed: 5,
} as const;

/** Per cent of test images that are not closest to the mean image of their class. */
function nearestMeanError({ classes, train, test: held }: Dataset): number {
  const pixels = bytesOf(train).length / train.count;
  const image = (set: typeof train, index: number): Uint8Array =>
    bytesOf(set).subarray(index * pixels, (index + 1) * pixels);
  const means = Array.from({ length: classes }, () => new Float64Array(pixels));
  const counts = new Float64Array(classes);
  train.labels.forEach((label, index) => {
    counts[label]! += 1;
    image(train, index).forEach((byte, i) => (means[label]![i]! += byte));
  });
  means.forEach((mean, label) => mean.forEach((sum, i) => (mean[i] = sum / counts[label]!)));
  const distance = (mean: Float64Array, index: number): number =>
    image(held, index).reduce((sum, byte, i) => sum + (byte - mean[i]!) ** 2, 0);
  const wrong = held.labels.filter((label, index) => {
    const distances = means.map((mean) => distance(mean, index));
    return distances.indexOf(Math.min(...distances)) !== label;
  });
  return (100 * wrong.length) / held.count;
}

describe('loadDataset({ name: synthetic })', () => {
  test('a nearest-mean classifier goes from no error to chance as difficulty rises', async () => {
    const difficulties = [0, 0.7, 0.8, 0.9, 1];
    const errors = await Promise.all(
      difficulties.map(async (difficulty) => nearestMeanError(await loadDataset({ ...spec, difficulty }))),
    );
    expect(errors[0]).toBe(0);
    for (let i = 1; i < errors.length; i++) expect(errors[i]).toBeGreaterThan(errors[i - 1]! + 2);
    // Chance is 90 %; five standard errors of 500 images are 6.7 %.
    expect(Math.abs(errors.at(-1)! - 90)).toBeLessThan(6.7);
  });

  test('the image size does not change how hard it is', async () => {
    const small = nearestMeanError(await loadDataset({ ...spec, difficulty: 0.8 }));
    const large = nearestMeanError(await loadDataset({ ...spec, difficulty: 0.8, imageSize: 32 }));
    // Two shares of 500 images near one half differ by less than five standard errors, 15.8 %.
    expect(Math.abs(small - large)).toBeLessThan(15.8);
  });

  test('the classes are as equal in number as can be, in both sets', async () => {
    const { train, test: held } = await loadDataset({ ...spec, trainImages: 95, testImages: 20 });
    expect([...train.labels.slice(0, 12)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    expect([...held.labels]).toEqual([...train.labels.slice(0, 20)]);
  });

  test('the same seed gives the same images, a larger set begins with the smaller one, another seed differs', async () => {
    const noisy = { ...spec, difficulty: 0.5 };
    const small = await loadDataset({ ...noisy, trainImages: 50 });
    const large = await loadDataset({ ...noisy, trainImages: 60 });
    const other = await loadDataset({ ...noisy, trainImages: 50, seed: 6 });
    expect(bytesOf(large.train).subarray(0, bytesOf(small.train).length)).toEqual(small.train.images);
    expect(large.test.images).toEqual(small.test.images);
    expect(other.train.images).not.toEqual(small.train.images);
  });

  test('training and test images are not the same ones', async () => {
    const { train, test: held } = await loadDataset({ ...spec, difficulty: 0.5, trainImages: 20, testImages: 20 });
    expect(held.images).not.toEqual(train.images);
  });
});
