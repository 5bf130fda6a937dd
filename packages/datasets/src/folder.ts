import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import type { BuiltInDataset } from './built-in-dataset.js';
import { classesIn, type ClassifiedFiles, classifiedFiles } from './class-folders.js';
import { datasetKeys, type Split } from './dataset-keys.js';
import { awaitParts, mapParts, type PartRows, type Parts, splitRows, subsetParts } from './dataset-parts.js';
import { requireFolder } from './dataset-place.js';
import { decodedImages } from './image-cache.js';
import { imageSets } from './image-sets.js';

const schema = z.strictObject({
  name: z.literal('folder').meta({ description: 'PNG and JPEG files in folders of their classes.' }),
  directory: datasetKeys.directory.meta({
    description:
      'Folder of train/CLASS/*.png, test/CLASS/*.png, and validation/CLASS/*.png where there are; or of CLASS/*.png ' +
      'with `split`. `--data` may name it, too.',
  }),
  imageSize: datasetKeys.imageSize.meta({
    description: 'Height and width to which every image is scaled; what is too long is cut off evenly at both ends.',
    unit: 'pixels',
  }),
  channels: datasetKeys.channels.default(3).meta({ description: '1: grey. 3: red, green, blue.' }),
  mirrorable: datasetKeys.mirrorable,
  split: datasetKeys.split,
  trainImages: datasetKeys.trainImages,
  testImages: datasetKeys.testImages,
});

const partsRemedy = 'train/CLASS/*.png and test/CLASS/*.png; or CLASS/*.png with split: { test: 0.2 }';
const splitRemedy = 'CLASS/*.png, PNG or JPEG files in a folder for each class';

/** Images of the user's as PNG or JPEG files in folders of their classes, decoded once into a cache. */
export const folder: BuiltInDataset<typeof schema> = {
  schema,
  async describe({ directory, imageSize, channels, split }, place) {
    const root = requireFolder(directory, place, partsRemedy);
    return { classes: (await trainingClasses(root, split)).length, channels, imageSize };
  },
  async load({ directory, imageSize, channels, mirrorable, split, trainImages, testImages }, place, signal) {
    const root = requireFolder(directory, place, partsRemedy);
    const classes = await trainingClasses(root, split);
    const { paths, parts } = await listImages(root, classes, split);
    const used = withoutUnused({ paths, parts: subsetParts(parts, { trainImages, testImages }) });
    const file = await decodedImages({ directory: root, paths: used.paths, imageSize, channels }, signal);
    const sets = await imageSets(mapParts(used.parts, (part) => ({ ...part, file })));
    return { classes: classes.length, channels, imageSize, mirrorable, ...sets };
  },
};

/** Image files, and which of them are which part. */
interface Listing {
  readonly paths: readonly string[];
  readonly parts: Parts<PartRows>;
}

function trainingClasses(root: string, split: Split | undefined): Promise<string[]> {
  if (split === undefined) return classesIn(join(root, 'train'), partsRemedy);
  const apart = ['train', 'test'].every((part) => existsSync(join(root, part)));
  if (!apart) return classesIn(root, splitRemedy);
  const problem = `${root} has its parts apart, in train and test`;
  throw new InvalidInputError({ key: 'dataset.split', problem, expected: 'no split' });
}

async function listImages(root: string, classes: readonly string[], split: Split | undefined): Promise<Listing> {
  if (split !== undefined) {
    const { paths, labels } = await classifiedFiles(root, classes, splitRemedy);
    return { paths, parts: splitRows(labels, split) };
  }
  const hasValidation = existsSync(join(root, 'validation'));
  const names = { train: 'train', ...(hasValidation ? { validation: 'validation' } : {}), test: 'test' };
  return joined(await awaitParts(mapParts(names, (name) => classifiedFiles(join(root, name), classes, partsRemedy))));
}

/** The lists of the parts one after the other. */
function joined(lists: Parts<ClassifiedFiles>): Listing {
  const entries = Object.entries(lists) as [string, ClassifiedFiles][];
  const labels = Uint16Array.from(entries.flatMap(([, list]) => [...list.labels]));
  let first = 0;
  const parts = mapParts(lists, (list) => {
    const rows = Uint32Array.from(list.paths, (_, index) => first + index);
    first += rows.length;
    return { labels, rows };
  });
  return { paths: entries.flatMap(([part, list]) => list.paths.map((path) => `${part}/${path}`)), parts };
}

/** The listing without the files that are in no part. */
function withoutUnused({ paths, parts }: Listing): Listing {
  const isUsed = new Uint8Array(paths.length);
  for (const { rows } of Object.values(parts) as PartRows[]) for (const row of rows) isUsed[row] = 1;
  let count = 0;
  const newRows = Uint32Array.from(isUsed, (used) => (count += used) - 1);
  const keep = ({ labels, rows }: PartRows): PartRows => ({
    labels: labels.filter((_, row) => isUsed[row] === 1),
    rows: rows.map((row) => newRows[row]!),
  });
  return { paths: paths.filter((_, row) => isUsed[row] === 1), parts: mapParts(parts, keep) };
}
