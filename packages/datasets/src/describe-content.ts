import { createHash, type Hash } from 'node:crypto';
import {
  type Dataset,
  type DatasetDescription,
  type DatasetPart,
  type ImageSet,
  InvalidInputError,
} from '@netspace/contracts';
import { littleEndian } from './little-endian.js';

const partNames: readonly DatasetPart[] = ['train', 'validation', 'test'];

/**
 * What a run keeps of a dataset, with the hash of its content: SHA-256 over a line of JSON with all that decides a
 * training besides the images (shape, normalisation, whether mirrored, images in each part), then over the labels of
 * each part (16 bits each, the low byte first) and its pixels. No name and no path: the same images anywhere give the
 * same hash. Where images are not in memory, the dataset's `contentRevision` stands for their pixels.
 *
 * @throws InvalidInputError where images are not in memory and there is no `contentRevision`.
 * @example
 * import { describeContent, loadDataset } from '@netspace/datasets';
 * const { images, hash } = await describeContent(await loadDataset({ name: 'mnist', trainImages: 100, testImages: 50 }));
 * images; // => { train: 100, test: 50 }
 * hash.length; // => 64
 */
export async function describeContent(dataset: Dataset): Promise<DatasetDescription> {
  const { name, classes, channels, imageSize, mirrorable, mean, standardDeviation } = dataset;
  const parts = partNames.flatMap((part) => (dataset[part] === undefined ? [] : [[part, dataset[part]] as const]));
  const images = Object.fromEntries(parts.map(([part, { count }]) => [part, count]));
  const hash = createHash('sha256');
  hash.update(`${JSON.stringify({ classes, channels, imageSize, mirrorable, mean, standardDeviation, images })}\n`);
  for (const [, set] of parts) addSet(hash, set, dataset.contentRevision);
  return Promise.resolve({
    ...{ name, classes, channels, imageSize, mirrorable, mean, standardDeviation, images },
    hash: hash.digest('hex'),
  });
}

function addSet(hash: Hash, { images, labels }: ImageSet, contentRevision: string | undefined): void {
  hash.update(littleEndian(labels));
  if (typeof images !== 'function') {
    hash.update(images);
  } else if (contentRevision !== undefined) {
    hash.update(`${contentRevision}\n`);
  } else {
    const problem = 'its images are read on the way, but it has no contentRevision';
    throw new InvalidInputError({ key: 'dataset', problem, expected: 'a text that changes whenever the images do' });
  }
}
