import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import type { BuiltInDataset } from './built-in-dataset.js';
import { datasetKeys, type Split } from './dataset-keys.js';
import { mapParts, type Parts, splitRows, subsetParts } from './dataset-parts.js';
import { requireFolder } from './dataset-place.js';
import { type ImageRows, imageSets } from './image-sets.js';
import { openNpyImages } from './npy-images.js';
import { readNpyLabels } from './npy-labels.js';
import { checkLabels } from './row-file.js';

const schema = z.strictObject({
  name: z.literal('npy').meta({ description: 'Images and labels in .npy files of NumPy.' }),
  directory: datasetKeys.directory.meta({
    description:
      'Folder of train_images.npy, train_labels.npy, test_images.npy, test_labels.npy, and validation_images.npy and ' +
      'validation_labels.npy where there are; or of images.npy and labels.npy with `split`. `--data` may name it, too.',
  }),
  mirrorable: datasetKeys.mirrorable,
  split: datasetKeys.split,
  trainImages: datasetKeys.trainImages,
  testImages: datasetKeys.testImages,
});

const remedy = 'a folder of train_images.npy, train_labels.npy, test_images.npy and test_labels.npy';

/** Images of the user's as uint8 arrays of NumPy, labels as integers. Classes are counted from the training labels. */
export const npy: BuiltInDataset<typeof schema> = {
  schema,
  async describe({ directory, split }, place) {
    const folder = requireFolder(directory, place, remedy);
    const prefix = split === undefined ? 'train_' : '';
    const { channels, imageSize } = await openNpyImages(join(folder, `${prefix}images.npy`));
    return { classes: classesOf(await readNpyLabels(join(folder, `${prefix}labels.npy`))), channels, imageSize };
  },
  async load({ directory, mirrorable, split, trainImages, testImages }, place) {
    const folder = requireFolder(directory, place, remedy);
    const parts = await partsIn(folder, split);
    checkAlike(parts);
    const { channels, imageSize } = parts.train;
    const sets = await imageSets(subsetParts(parts, { trainImages, testImages }));
    return { classes: classesOf(parts.train.labels), channels, imageSize, mirrorable, ...sets };
  },
};

/** Images and labels of one pair of files, and which of them are used. */
interface Table extends ImageRows {
  readonly channels: number;
  readonly imageSize: number;
  readonly labelPath: string;
}

async function partsIn(folder: string, split: Split | undefined): Promise<Parts<Table>> {
  if (split !== undefined) {
    const table = await openTable(folder, '');
    return mapParts(splitRows(table.labels, split), ({ rows }) => ({ ...table, rows }));
  }
  const hasValidation = existsSync(join(folder, 'validation_images.npy'));
  return {
    train: await openTable(folder, 'train_'),
    ...(hasValidation ? { validation: await openTable(folder, 'validation_') } : {}),
    test: await openTable(folder, 'test_'),
  };
}

async function openTable(folder: string, prefix: string): Promise<Table> {
  const images = await openNpyImages(join(folder, `${prefix}images.npy`));
  const labelPath = join(folder, `${prefix}labels.npy`);
  const labels = await readNpyLabels(labelPath);
  if (labels.length !== images.file.rows) {
    const expected = `${images.file.rows}, one for each image`;
    throw new InvalidInputError({ file: labelPath, problem: `${labels.length} labels`, expected });
  }
  return { ...images, labels, labelPath, rows: Uint32Array.from(labels.keys()) };
}

/** @throws InvalidInputError where parts have images of other shapes, or labels that no training image has reached. */
function checkAlike(parts: Parts<Table>): void {
  const { channels, imageSize, labels } = parts.train;
  for (const part of Object.values(parts) as Table[]) {
    if (part.channels !== channels || part.imageSize !== imageSize) {
      const problem = `has images of ${part.imageSize}x${part.imageSize}, ${part.channels} channels`;
      const expected = `${imageSize}x${imageSize}, ${channels} channels, as for training`;
      throw new InvalidInputError({ file: part.file.path, problem, expected });
    }
    checkLabels(part.labels, classesOf(labels), part.labelPath);
  }
}

const classesOf = (labels: Uint16Array): number => 1 + labels.reduce((most, label) => Math.max(most, label), 0);
