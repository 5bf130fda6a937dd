import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dataset, type ImageSet, InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import { balancedRows } from './balanced-rows.js';
import { channelStatistics } from './channel-statistics.js';
import { type DatasetKind, imageCountSchema } from './dataset-kind.js';
import { checkLabels, eachRow, readImages, type RowFile } from './row-file.js';

const schema = z.strictObject({
  name: z.literal('cifar10'),
  /** The folder of its `data_batch_*.bin` and `test_batch*.bin`. */
  directory: z.string().min(1).optional(),
  /** Class-balanced subsets; all images of the files where left out. */
  trainImages: imageCountSchema,
  testImages: imageCountSchema,
});

const imageSize = 32;
const channels = 3;
const classes = 10;
const labelBytes = 1;
const rowBytes = labelBytes + channels * imageSize ** 2;
const remedy =
  'the folder cifar-10-batches-bin of https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, with data_batch_*.bin and test_batch*.bin';

/**
 * Photographs of ten kinds of animals and vehicles, 32x32 (Krizhevsky, 2009), in the official binary layout: a row is a
 * label byte, then the red, green and blue planes. Takes every batch file it finds, with any whole number of rows.
 */
export const cifar10: DatasetKind<typeof schema> = {
  schema,
  async load({ directory: ownDirectory, trainImages, testImages }, options): Promise<Dataset> {
    const directory = options.directory ?? ownDirectory;
    if (directory === undefined)
      throw new InvalidInputError({ key: 'directory', problem: 'missing', expected: remedy });
    const names = await namesIn(directory);
    const train = await loadSet(directory, names, /^data_batch_.*\.bin$/, trainImages, 'trainImages');
    const test = await loadSet(directory, names, /^test_batch.*\.bin$/, testImages, 'testImages');
    const statistics = channelStatistics(train.images, channels, imageSize ** 2);
    return { name: 'cifar10', classes, channels, imageSize, mirrorable: true, ...statistics, train, test };
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
  pattern: RegExp,
  count: number | undefined,
  key: string,
): Promise<ImageSet> {
  const paths = names.filter((name) => pattern.test(name)).map((name) => join(directory, name));
  if (paths.length === 0) {
    throw new InvalidInputError({ file: directory, problem: `has no file ${pattern.source}`, expected: remedy });
  }
  const files = await Promise.all(paths.map(openBatchFile));
  const allLabels = await readLabels(files);
  const rows = balancedRows(allLabels, count, key);
  const images = await readImages(files, rows, labelBytes);
  return { count: rows.length, images, labels: Uint8Array.from(rows, (row) => allLabels[row]!) };
}

async function openBatchFile(path: string): Promise<RowFile> {
  const { size } = await stat(path);
  if (size === 0 || size % rowBytes !== 0) {
    const expected = `one or more rows of ${rowBytes} bytes, a label and 3x32x32 pixels; ${remedy}`;
    throw new InvalidInputError({ file: path, problem: `${size} bytes`, expected });
  }
  return { path, headerBytes: 0, rowBytes, rows: size / rowBytes };
}

async function readLabels(files: readonly RowFile[]): Promise<Uint8Array> {
  const labels = new Uint8Array(files.reduce((sum, file) => sum + file.rows, 0));
  let first = 0;
  for (const file of files) {
    const own = labels.subarray(first, first + file.rows);
    await eachRow(file, (row, index) => (own[index] = row[0]!));
    checkLabels(own, classes, file.path);
    first += file.rows;
  }
  return labels;
}
