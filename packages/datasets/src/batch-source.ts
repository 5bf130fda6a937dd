import {
  type Batch,
  type BatchSource,
  type Dataset,
  type ImageSet,
  InvalidInputError,
  type Recipe,
} from '@netspace/contracts';
import { openRandom, type Random, shuffle } from '@netspace/random';
import { createImageWriter, type Window } from './image-writer.js';

/** How a dataset becomes batches. */
export interface BatchSourceOptions {
  /** Images in a full batch, 1 to the number of training images. */
  readonly batchSize: number;
  /** Seed of the order of the training images and of their augmentation. */
  readonly seed: number;
  readonly augmentation: Recipe['augmentation'];
}

const wholeImage: Window = { top: 0, left: 0, mirrored: false };

/**
 * Makes batches of a dataset, normalised by the mean and standard deviation of its training images by channel.
 *
 * Training images are shuffled and augmented. Random crop: the image is padded with `cropPadding` pixels on each side
 * and a window of its own size is cut, every position equally likely. Mirror: left to right, half of the time, only if
 * the dataset is mirrorable. The padding is 0 after normalisation, the mean colour, as in pycls
 * (datasets/cifar10.py) and as the zeros that a convolution sees beyond the border. Epoch e of seed s is the same
 * whatever ran before. Batches share their arrays: use one before taking the next.
 *
 * @throws InvalidInputError where the batch is larger than the training set, or a channel does not vary.
 * @example
 * import { createBatchSource, loadDataset } from '@netspace/datasets';
 * const dataset = await loadDataset({ name: 'mnist', trainImages: 100, testImages: 50 });
 * const augmentation = { cropPadding: 4, mirror: true };
 * const source = createBatchSource(dataset, { batchSize: 32, seed: 1, augmentation });
 * [...source.trainingBatches(0)].length; // => 3
 * [...source.evaluationBatches()].length; // => 2
 */
export function createBatchSource(dataset: Dataset, options: BatchSourceOptions): BatchSource {
  const { batchSize, seed, augmentation } = options;
  const { train, test } = dataset;
  checkBatchSize(batchSize, train.count);
  const write = batchWriter(dataset, batchSize);
  const trainingBatchesPerEpoch = Math.floor(train.count / batchSize);
  return {
    trainingBatchesPerEpoch,
    *trainingBatches(epoch) {
      const order = shuffle(
        Uint32Array.from({ length: train.count }, (_, i) => i),
        openRandom(seed, 'shuffle', epoch),
      );
      const draw = windowDrawer(augmentation, dataset.mirrorable, openRandom(seed, 'augmentation', epoch));
      for (let batch = 0; batch < trainingBatchesPerEpoch; batch++) {
        yield write(train, order.subarray(batch * batchSize, (batch + 1) * batchSize), draw);
      }
    },
    *evaluationBatches() {
      const order = Uint32Array.from({ length: test.count }, (_, i) => i);
      for (let start = 0; start < test.count; start += batchSize) {
        yield write(test, order.subarray(start, start + batchSize), () => wholeImage);
      }
    },
  };
}

function checkBatchSize(batchSize: number, trainImages: number): void {
  if (Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= trainImages) return;
  const expected = `an integer from 1 to ${trainImages}, the number of training images`;
  throw new InvalidInputError({ key: 'batchSize', problem: `got ${batchSize}`, expected });
}

/** Writes the images at `indices` of a set into the arrays that all batches share. */
function batchWriter(
  dataset: Dataset,
  batchSize: number,
): (set: ImageSet, indices: Uint32Array, draw: () => Window) => Batch {
  // A product, not a power: V8 keeps the result of ** as a float, and offsets in floats take twice the time.
  const pixels = dataset.channels * dataset.imageSize * dataset.imageSize;
  const writeImage = createImageWriter(dataset);
  const images = new Float32Array(batchSize * pixels);
  const labels = new Int32Array(batchSize);
  return (set, indices, draw) => {
    for (let position = 0; position < indices.length; position++) {
      const index = indices[position]!;
      writeImage(set.images, index * pixels, draw(), images, position * pixels);
      labels[position] = set.labels[index]!;
    }
    return { count: indices.length, images, labels };
  };
}

/** Draws windows: one uniform integer each stands for row, column and side. */
function windowDrawer(
  { cropPadding, mirror }: Recipe['augmentation'],
  mirrorable: boolean,
  random: Random,
): () => Window {
  const positions = 2 * cropPadding + 1;
  const sides = mirror && mirrorable ? 2 : 1;
  if (positions * sides === 1) return () => wholeImage;
  return () => {
    const draw = random.integer(0, positions * positions * sides - 1);
    const position = Math.floor(draw / sides);
    return {
      top: Math.floor(position / positions) - cropPadding,
      left: (position % positions) - cropPadding,
      mirrored: draw % sides === 1,
    };
  };
}
