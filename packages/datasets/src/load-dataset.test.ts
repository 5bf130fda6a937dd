import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import sharp from 'sharp';
import { z } from 'zod';
import { readNpyFixture } from './fixtures/npy-fixture.js';
import { datasetSchemaWith } from './dataset-schema.js';
import { datasetSchema, describeDataset, loadDataset } from './index.js';

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
    { name: 'mnist', directory: 'data' },
    { name: 'cifar10', directory: 'data' },
    synthetic,
  ])('accepts %j as it is', (spec) => {
    expect(datasetSchema.parse(spec)).toEqual(spec);
  });

  test('fills in what a folder and arrays leave out', () => {
    expect(datasetSchema.parse({ name: 'folder', directory: 'x', imageSize: 32, split: {} })).toEqual({
      name: 'folder',
      directory: 'x',
      imageSize: 32,
      channels: 3,
      mirrorable: false,
      split: { test: 0.2, validation: 0, seed: 1 },
    });
    expect(datasetSchema.parse({ name: 'npy', directory: 'x' })).toEqual({
      name: 'npy',
      directory: 'x',
      mirrorable: false,
    });
  });

  test.each<[object, string]>([
    [{ name: 'imagenet' }, 'name'],
    [{ name: 'mnist', directory: '' }, 'directory'],
    [{ name: 'mnist', folder: 'data' }, ''],
    [{ name: 'mnist', trainImages: 0 }, 'trainImages'],
    [{ name: 'mnist', trainImages: 1.5 }, 'trainImages'],
    [{ name: 'folder', directory: 'x' }, 'imageSize'],
    [{ name: 'folder', directory: 'x', imageSize: 8, channels: 4 }, 'channels'],
    [{ name: 'npy', directory: 'x', split: { test: 1 } }, 'split.test'],
    [{ name: 'npy', directory: 'x', split: { test: 0.5, validation: 0.5 } }, 'split'],
    [{ ...synthetic, channels: 2 }, 'channels'],
    [{ ...synthetic, difficulty: 1.1 }, 'difficulty'],
    [{ ...synthetic, classes: 1 }, 'classes'],
    [{ ...synthetic, classes: 65_536 }, 'classes'],
    [{ ...synthetic, imageSize: 3 }, 'imageSize'],
  ])('refuses %j at "%s"', (spec, path) => {
    expect(datasetSchema.safeParse(spec).error?.issues[0]?.path.join('.')).toBe(path);
  });

  test('an unknown name is answered with the known ones, those of plugins too', () => {
    const message = (schema: z.ZodType): string | undefined =>
      schema.safeParse({ name: 'imagenet' }).error?.issues[0]?.message;
    expect(message(datasetSchema)).toBe('mnist, cifar10, folder, npy, synthetic');
    expect(message(datasetSchemaWith(['blobs']))).toBe('mnist, cifar10, folder, npy, synthetic, blobs');
  });

  test('every key has a meaning in one sentence', () => {
    const keys = documentedKeys(z.toJSONSchema(datasetSchema, { io: 'input' }));
    expect(keys.map(([key]) => key)).toEqual(expect.arrayContaining(['directory', 'imageSize', 'split.validation']));
    expect(keys.filter(([, description]) => description?.endsWith('.') !== true)).toEqual([]);
  });
});

interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly oneOf?: readonly JsonSchema[];
}

/** Every key of a schema and of those inside it, with its description. */
function documentedKeys(schema: object, path = ''): [key: string, description: string | undefined][] {
  const { properties = {}, oneOf = [] } = schema as JsonSchema;
  return [
    ...Object.entries(properties).flatMap(([name, child]) => {
      const key = `${path}${name}`;
      return [[key, child.description] as [string, string | undefined], ...documentedKeys(child, `${key}.`)];
    }),
    ...oneOf.flatMap((alternative) => documentedKeys(alternative, path)),
  ];
}

test('loadDataset refuses an invalid specification and names the key as in the study', async () => {
  const load = loadDataset({ name: 'mnist', trainImages: -1 });
  await expect(load).rejects.toThrow(InvalidInputError);
  await expect(load).rejects.toThrow(/^dataset\.trainImages: /);
});

test('a signal ends the loading with its reason', async () => {
  const controller = new AbortController();
  const loading = loadDataset({ ...synthetic, trainImages: 1_000_000 }, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('enough')), 10);
  await expect(loading).rejects.toThrow('enough');
});

test.each<[object, object]>([
  [{ name: 'mnist' }, { classes: 10, channels: 1, imageSize: 28 }],
  [{ name: 'cifar10' }, { classes: 10, channels: 3, imageSize: 32 }],
  [synthetic, { classes: 2, channels: 1, imageSize: 8 }],
])('describeDataset(%j) needs no files', async (spec, shape) => {
  expect(await describeDataset(spec as { name: string })).toEqual(shape);
});

describe('the folder of a dataset', () => {
  let root: string;

  /** A study's folder with the files of each kind of dataset in a folder of its name. */
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'netspace-place-'));
    for (const name of ['mnist', 'cifar10', 'npy', 'folder']) mkdirSync(join(root, 'study', name), { recursive: true });
    const at = (...parts: string[]): string => join(root, 'study', ...parts);
    for (const prefix of ['train', 't10k']) {
      const images = Buffer.alloc(16 + 784);
      [2051, 1, 28, 28].forEach((value, i) => images.writeUInt32BE(value, 4 * i));
      writeFileSync(at('mnist', `${prefix}-images-idx3-ubyte`), images);
      writeFileSync(at('mnist', `${prefix}-labels-idx1-ubyte`), Buffer.of(0, 0, 8, 1, 0, 0, 0, 1, 7));
    }
    for (const name of ['data_batch_1.bin', 'test_batch.bin']) writeFileSync(at('cifar10', name), Buffer.alloc(3073));
    const create = { width: 4, height: 4, channels: 3, background: '#fff' } as const;
    const png = await sharp({ create }).png().toBuffer();
    for (const part of ['train', 'test']) {
      writeFileSync(at('npy', `${part}_images.npy`), readNpyFixture('grey'));
      writeFileSync(at('npy', `${part}_labels.npy`), readNpyFixture('labels <i8'));
      mkdirSync(at('folder', part, 'cat'), { recursive: true });
      writeFileSync(at('folder', part, 'cat', '1.png'), png);
    }
    cpSync(join(root, 'study'), join(root, 'elsewhere'), { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test.each([
    { name: 'mnist', count: 1 },
    { name: 'cifar10', count: 1 },
    { name: 'npy', count: 4 },
    { name: 'folder', imageSize: 4, count: 1 },
  ])('$name: relative to the study; --data replaces it', async ({ count, ...spec }) => {
    const studyDirectory = join(root, 'study');
    const relative = { ...spec, directory: spec.name };
    expect((await loadDataset(relative, { place: { studyDirectory } })).train.count).toBe(count);
    const dataDirectory = join(root, 'elsewhere', spec.name);
    const place = { studyDirectory: root, dataDirectory };
    expect((await loadDataset({ ...spec, directory: '/nowhere' }, { place })).train.count).toBe(count);
    expect((await loadDataset(spec, { place })).train.count).toBe(count);
    expect(await describeDataset(spec, { place })).toHaveProperty('classes');
    const nowhere = loadDataset(relative, { place: { studyDirectory: '/nowhere' } });
    await expect(nowhere).rejects.toThrow(join('/nowhere', spec.name));
  });

  test.each([{ name: 'cifar10' }, { name: 'npy' }, { name: 'folder', imageSize: 4 }])(
    '$name without one: says what would be valid',
    async (spec) => {
      await expect(loadDataset(spec)).rejects.toThrow(/^dataset\.directory: missing \(valid: .*; or --data DIR\)$/);
    },
  );

  test('synthetic reads none, and refuses --data', async () => {
    const options = { place: { studyDirectory: root, dataDirectory: root } };
    const message = `--data: got ${root}, but the dataset synthetic reads no folder`;
    await expect(loadDataset(synthetic, options)).rejects.toThrow(message);
    await expect(describeDataset(synthetic, options)).rejects.toThrow(message);
  });
});
