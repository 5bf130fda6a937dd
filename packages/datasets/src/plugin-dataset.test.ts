import { describe, expect, test } from '@jest/globals';
import { type DatasetKind, InvalidInputError, type LoadedDataset } from '@netspace/contracts';
import { describeDataset, loadDataset } from './index.js';

const shape = { classes: 3, channels: 1, imageSize: 2 };
const train = { count: 2, images: Uint8Array.of(0, 0, 0, 0, 255, 255, 255, 255), labels: Uint16Array.of(0, 2) };
const loaded: LoadedDataset = { ...shape, mirrorable: false, train, test: train };
const kindOf = (own: object, described: object = shape): DatasetKind => ({
  describe: () => described as typeof shape,
  load: () => ({ ...loaded, ...own }),
});
const load = (kind: DatasetKind): ReturnType<typeof loadDataset> =>
  loadDataset({ name: 'blobs' }, { kinds: { blobs: kind } });

describe('a dataset of a plugin', () => {
  test('gets its options as they are and the place, and what it leaves out is computed', async () => {
    const seen: unknown[] = [];
    const blobs: DatasetKind = {
      describe: (...given) => {
        seen.push(given);
        return Promise.resolve(shape);
      },
      load: (...given) => {
        seen.push(given);
        return Promise.resolve(loaded);
      },
    };
    const place = { studyDirectory: '/studies', dataDirectory: '/data' };
    const spec = { name: 'blobs', radius: 3, deep: { list: [1] } };
    const options = { kinds: { blobs }, place };
    expect(await describeDataset(spec, options)).toEqual(shape);
    expect(await loadDataset(spec, options)).toEqual({
      ...loaded,
      name: 'blobs',
      mean: [0.5],
      standardDeviation: [0.5],
    });
    const given = [{ radius: 3, deep: { list: [1] } }, place];
    expect(seen).toEqual([given, given, given]);
  });

  test('keeps the mean and standard deviation that it gives', async () => {
    expect(await load(kindOf({ mean: [0.1], standardDeviation: [2] }))).toMatchObject({
      mean: [0.1],
      standardDeviation: [2],
    });
  });

  test('may have images that are read on the way', async () => {
    const images = (indices: Uint32Array, target: Uint8Array): Promise<void> => {
      indices.forEach((index, i) => target.set(train.images.subarray(4 * index, 4 * index + 4), 4 * i));
      return Promise.resolve();
    };
    const onTheWay = { train: { ...train, images } };
    expect(await load(kindOf({ ...onTheWay, contentRevision: '1' }))).toMatchObject({ mean: [0.5] });
    await expect(load(kindOf(onTheWay))).rejects.toThrow(
      'blobs: what load returned is wrong at contentRevision: must be there where images are read on the way',
    );
  });

  test.each<[string, object, string]>([
    ['another number of classes', { classes: 4 }, 'classes: must be 3, as described'],
    ['another image size', { imageSize: 3 }, 'imageSize: must be 2, as described'],
    ['no mirrorable', { mirrorable: undefined }, 'mirrorable: '],
    ['no training part', { train: undefined }, 'train: '],
    ['no images', { test: { ...train, count: 0 } }, 'test.count: '],
    [
      'too few bytes',
      { train: { ...train, images: new Uint8Array(7) } },
      'train.images: must have 8 bytes, 2 images of 4, but has 7',
    ],
    ['images of floats', { train: { ...train, images: new Float32Array(8) } }, 'train.images: must be a Uint8Array'],
    ['labels of bytes', { train: { ...train, labels: Uint8Array.of(0, 1) } }, 'train.labels: must be a Uint16Array'],
    ['too few labels', { test: { ...train, labels: Uint16Array.of(0) } }, 'test.labels: must have 2 values, but has 1'],
    [
      'a label that is no class',
      { validation: { ...train, labels: Uint16Array.of(0, 3) } },
      'validation.labels.1: must be from 0 to 2, but is 3',
    ],
    ['a mean that is no number', { mean: [NaN] }, 'mean.0: '],
    ['deviations of other channels', { standardDeviation: [1, 1, 1] }, 'standardDeviation: '],
  ])('%s: names the dataset and what is wrong', async (_, own, message) => {
    const loading = load(kindOf(own));
    await expect(loading).rejects.toThrow(InvalidInputError);
    await expect(loading).rejects.toThrow(`dataset: blobs: what load returned is wrong at ${message}`);
  });

  test.each([
    [{ ...shape, classes: 65_536 }, 'classes'],
    [{ ...shape, channels: 2 }, 'channels'],
    [{ ...shape, imageSize: 0.5 }, 'imageSize'],
  ])('a shape of %j is refused at %s', async (described, key) => {
    const describing = describeDataset({ name: 'blobs' }, { kinds: { blobs: kindOf({}, described) } });
    await expect(describing).rejects.toThrow(`dataset: blobs: what describe returned is wrong at ${key}: `);
  });

  test('what it throws is shown with its message', async () => {
    const kind: DatasetKind = {
      ...kindOf({}),
      load: () => {
        throw new Error('radius must be above 0');
      },
    };
    await expect(load(kind)).rejects.toThrow(InvalidInputError);
    await expect(load(kind)).rejects.toThrow(/^dataset: blobs: radius must be above 0$/);
  });
});
