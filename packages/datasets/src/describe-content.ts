import { createHash, type Hash } from 'node:crypto';
import {
  type Dataset,
  type DatasetDescription,
  type DatasetPart,
  type ImageSet,
  InvalidInputError,
} from '@netspace/contracts';
import { imageBlocks } from './image-blocks.js';
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
  for (const [, set] of parts) await addSet(hash, set, channels * imageSize ** 2, dataset.contentRevision);
  return {
    ...{ name, classes, channels, imageSize, mirrorable, mean, standardDeviation, images },
    hash: hash.digest('hex'),
    chanceLoss: entropy(dataset.train.labels),
  };
}

/** Entropy of the classes' frequencies, in nats. */
function entropy(labels: Uint16Array): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / labels.length);
  return -shares.reduce((sum, share) => sum + share * Math.log(share), 0);
}

async function addSet(
  hash: Hash,
  set: ImageSet,
  imageBytes: number,
  contentRevision: string | undefined,
): Promise<void> {
  hash.update(littleEndian(set.labels));
  if (typeof set.images !== 'function') {
    for await (const block of imageBlocks(set, imageBytes)) hash.update(block);
  } else if (contentRevision !== undefined) {
    hash.update(`${contentRevision}\n`);
  } else {
    const problem = 'its images are read on the way, but it has no contentRevision';
    throw new InvalidInputError({ key: 'dataset', problem, expected: 'a text that changes whenever the images do' });
  }
}
