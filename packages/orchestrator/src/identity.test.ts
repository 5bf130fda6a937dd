import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { beginRun, samplePopulations } from '@netspace/orchestrator';
import { readStudy } from '@netspace/study';
import { contentOf, temporaryFolder } from './fixtures/temporary-folder.js';
import { trainOnly } from './fixtures/train-only.js';
import { writeTiny } from './fixtures/tiny-study.js';

const folder = temporaryFolder();
const images = join(folder, 'images');
const out = join(folder, 'run');
/** Rows of CIFAR-10's binary form, a label and 3072 pixels each; the classes take turns. */
function writeImages(file: string, rows: number): void {
  const bytes = Uint8Array.from({ length: rows * 3073 }, (_, index) => {
    const [row, place] = [Math.floor(index / 3073), index % 3073];
    return place === 0 ? row % 10 : (place * 31 + row * 17) % 251;
  });
  writeFileSync(join(images, file), bytes);
}

const study = writeTiny(
  join(folder, 'study.yaml'),
  [
    /dataset:\n.*\n/.exec(readFileSync(new URL('fixtures/tiny.yaml', import.meta.url), 'utf8'))![0],
    'dataset: { name: cifar10 }\n',
  ],
  ['networks: 3', 'networks: 1'],
  ['20e3, 80e3', '200e3, 900e3'],
  ['epochs: 2', 'epochs: 1'],
);

async function resumeWith(data: string) {
  return trainOnly(study, out, { data, resume: true });
}

beforeAll(async () => {
  mkdirSync(images);
  writeImages('data_batch_1.bin', 32);
  writeImages('test_batch.bin', 16);
  await trainOnly(study, out, { data: images });
});

test('the same images in another folder or behind a link are the same: nothing is trained again', async () => {
  const copy = join(folder, 'copy');
  cpSync(images, copy, { recursive: true });
  expect(await resumeWith(copy)).toMatchObject({ trained: 0 });
  const link = join(folder, 'link');
  symlinkSync(images, link);
  expect(await resumeWith(link)).toMatchObject({ trained: 0 });
});

test.each([
  ['pixel', 'data_batch_1.bin', 5],
  ['label', 'test_batch.bin', 3073],
])('one changed %s at the same path is refused and named, and the run is left as it was', async (_, file, place) => {
  const path = join(images, file);
  const bytes = readFileSync(path);
  const changed = Uint8Array.from(bytes);
  changed[place] = (changed[place]! + 1) % 10;
  writeFileSync(path, changed);
  const before = contentOf(out);
  await expect(resumeWith(images)).rejects.toThrow(
    /run\.json: AnyNetX-E was trained under other conditions: dataset\.hash: "[0-9a-f]+…?" then, "[0-9a-f]+…?" now/,
  );
  expect(contentOf(out)).toEqual(before);
  writeFileSync(path, bytes);
  expect(await resumeWith(images)).toMatchObject({ trained: 0 });
});

/** A file of bytes as NumPy stores them: version 1.0, a header whose length makes 64 bytes a unit, then the values. */
function writeNpy(file: string, shape: readonly number[], values: readonly number[]): void {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117) + '\n';
  const start = [0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0];
  writeFileSync(file, Buffer.from([...start, ...Buffer.from(header), ...values]));
}

/** Writes sixty images of three classes as arrays, and a study of them. */
function writeArrays(name: string) {
  const arrays = join(folder, name);
  mkdirSync(arrays);
  const labels = Array.from({ length: 60 }, (_, index) => index % 3);
  const pixels = Array.from({ length: 60 * 64 }, (_, index) => (index * 31) % 251);
  writeNpy(join(arrays, 'images.npy'), [60, 8, 8], pixels);
  writeNpy(join(arrays, 'labels.npy'), [60], labels);
  const ofArrays = writeTiny(
    join(folder, `${name}.yaml`),
    [
      /dataset:\n.*\n/.exec(readFileSync(new URL('fixtures/tiny.yaml', import.meta.url), 'utf8'))![0],
      `dataset: { name: npy, directory: ${name}, split: { test: 0.3 } }\n`,
    ],
    ['networks: 3', 'networks: 1'],
    ['epochs: 2', 'epochs: 1'],
  );
  return { arrays, labels, ofArrays };
}

test('images of another form, as of more classes, are refused before a population is drawn anew', async () => {
  const { arrays, labels, ofArrays } = writeArrays('arrays');
  const directory = join(folder, 'run-of-arrays');
  await trainOnly(ofArrays, directory);
  const before = contentOf(directory);
  writeNpy(join(arrays, 'labels.npy'), [60], [...labels.slice(0, -8), ...new Array<number>(8).fill(3)]);
  await expect(trainOnly(ofArrays, directory, { resume: true })).rejects.toThrow(
    'images of base.classes: 3 then, 4 now',
  );
  expect(contentOf(directory)).toEqual(before);
});

test('a run draws more networks where its images are out of reach; another dataset has to be there', async () => {
  const { arrays, ofArrays } = writeArrays('gone');
  const directory = join(folder, 'run-of-gone');
  const draw = async (file: string) => {
    const run = await beginRun(await readStudy(file), directory, false);
    return samplePopulations(run, true).finally(() => run.close());
  };
  const drawn = await draw(ofArrays);
  rmSync(arrays, { recursive: true });
  const text = readFileSync(ofArrays, 'utf8');
  writeFileSync(ofArrays, text.replace('networks: 1', 'networks: 2'));
  const more = await draw(ofArrays);
  expect(more.map(({ networks }) => networks.length)).toEqual([2, 2]);
  expect(more.map(({ networks }) => networks[0])).toEqual(drawn.map(({ networks }) => networks[0]));
  writeFileSync(ofArrays, text.replace('{ test: 0.3 }', '{ test: 0.4 }'));
  await expect(draw(ofArrays)).rejects.toThrow(/images\.npy: cannot be read/);
});
