import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ImageSet, InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import { balancedRows } from './balanced-rows.js';
import type { BuiltInDataset } from './built-in-dataset.js';
import { datasetKeys } from './dataset-keys.js';
import { requireFolder } from './dataset-place.js';
import { checkLabels, eachRow, readImages, type RowFile } from './row-file.js';

const schema = z.strictObject({
  name: z.literal('cifar10').meta({ description: 'Photographs of animals and vehicles, colour, 32x32, ten classes.' }),
  directory: datasetKeys.directory.meta({
    description: 'Folder of its data_batch_*.bin and test_batch*.bin; `--data` may name it, too.',
  }),
  trainImages: datasetKeys.trainImages,
  testImages: datasetKeys.testImages,
});

const shape = { classes: 10, channels: 3, imageSize: 32 };
const labelBytes = 1;
const rowBytes = labelBytes + shape.channels * shape.imageSize ** 2;
const remedy =
  'the folder cifar-10-batches-bin of https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, with data_batch_*.bin and test_batch*.bin';

/**
 * Photographs of ten kinds of animals and vehicles, 32x32 (Krizhevsky, 2009), in the official binary layout: a row is a
 * label byte, then the red, green and blue planes. Takes every batch file it finds, with any whole number of rows.
 */
export const cifar10: BuiltInDataset<typeof schema> = {
  schema,
  describe: () => Promise.resolve(shape),
  async load({ directory, trainImages, testImages }, place) {
    const folder = requireFolder(directory, place, remedy);
    const names = await namesIn(folder);
    const train = await loadSet(folder, names, 'data_batch_', trainImages, 'dataset.trainImages');
    const test = await loadSet(folder, names, 'test_batch', testImages, 'dataset.testImages');
    return { ...shape, mirrorable: true, train, test };
  },
};

async function namesIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((error: unknown) => {
    const problem = `cannot be read: ${(error as Error).message}`;
    throw new InvalidInputError({ file: directory, problem, expected: remedy }, { cause: error });
  });
  return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

async function loadSet(
  directory: string,
  names: readonly string[],
  beginning: string,
  count: number | undefined,
  key: string,
): Promise<ImageSet> {
  const paths = names
    .filter((name) => name.startsWith(beginning) && name.endsWith('.bin'))
    .map((name) => join(directory, name));
  if (paths.length === 0) {
    throw new InvalidInputError({ file: directory, problem: `has no file ${beginning}*.bin`, expected: remedy });
  }
  const files = await Promise.all(paths.map(openBatchFile));
  const allLabels = await readLabels(files);
  const rows = balancedRows(allLabels, count, key);
  const images = await readImages(files, rows, labelBytes);
  return { count: rows.length, images, labels: Uint16Array.from(rows, (row) => allLabels[row]!) };
}

async function openBatchFile(path: string): Promise<RowFile> {
  const { size } = await stat(path);
  if (size === 0 || size % rowBytes !== 0) {
    const expected = `one or more rows of ${rowBytes} bytes, a label and 3x32x32 pixels; ${remedy}`;
    throw new InvalidInputError({ file: path, problem: `${size} bytes`, expected });
  }
  return { path, headerBytes: 0, rowBytes, rows: size / rowBytes };
}

async function readLabels(files: readonly RowFile[]): Promise<Uint16Array> {
  const labels = new Uint16Array(files.reduce((sum, file) => sum + file.rows, 0));
  let first = 0;
  for (const file of files) {
    const own = labels.subarray(first, first + file.rows);
    await eachRow(file, (row, index) => (own[index] = row[0]!));
    checkLabels(own, shape.classes, file.path);
    first += file.rows;
  }
  return labels;
}
