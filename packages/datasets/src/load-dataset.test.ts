import { describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import { datasetSchema, loadDataset } from './index.js';

const synthetic = {
  name: 'synthetic',
  classes: 2,
  imageSize: 8,
  channels: 1,
  trainImages: 4,
  testImages: 2,
  difficulty: 0,
  seed: 1,
};

describe('datasetSchema', () => {
  test.each([
    { name: 'mnist' },
    { name: 'mnist', trainImages: 100, testImages: 10 },
    { name: 'cifar10', directory: 'data' },
    synthetic,
  ])('accepts %j as it is', (spec) => {
    expect(datasetSchema.parse(spec)).toEqual(spec);
  });

  test.each<[object, string]>([
    [{ name: 'imagenet' }, 'name'],
    [{ name: 'mnist', directory: 'data' }, ''],
    [{ name: 'mnist', trainImages: 0 }, 'trainImages'],
    [{ name: 'mnist', trainImages: 1.5 }, 'trainImages'],
    [{ ...synthetic, channels: 2 }, 'channels'],
    [{ ...synthetic, difficulty: 1.1 }, 'difficulty'],
    [{ ...synthetic, classes: 1 }, 'classes'],
    [{ ...synthetic, imageSize: 3 }, 'imageSize'],
  ])('refuses %j at "%s"', (spec, path) => {
    expect(datasetSchema.safeParse(spec).error?.issues[0]?.path.join('.')).toBe(path);
  });

  test('an unknown name is answered with the known ones', () => {
    expect(datasetSchema.safeParse({ name: 'imagenet' }).error?.issues[0]?.message).toBe('mnist, cifar10, synthetic');
  });
});

test('loadDataset refuses an invalid specification and names the key', async () => {
  const load = loadDataset({ name: 'mnist', trainImages: -1 });
  await expect(load).rejects.toThrow(InvalidInputError);
  await expect(load).rejects.toThrow(/^trainImages: /);
});
