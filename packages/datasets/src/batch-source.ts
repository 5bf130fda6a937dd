import type { Batch, Batches, BatchSource, Dataset, ImageSet, ReadImages, Recipe } from '@netspace/contracts';
import { openRandom, type Random, shuffle } from '@netspace/random';
import { checkDataset } from './check-dataset.js';
import { holdOut, rowsOf } from './hold-out.js';
import { createImageWriter, type Window } from './image-writer.js';

/** How a dataset becomes batches. */
export interface BatchSourceOptions {
  /** Images in a full batch, 1 to the number of training images. */
  readonly batchSize: number;
  /** Seed of the order of the training images and of their augmentation. */
  readonly seed: number;
  readonly augmentation: Recipe['augmentation'];
  /** Share of the training images that is held out as the validation part, in [0, 1): see {@link Recipe}. */
  readonly validation?: number | undefined;
}

const wholeImage: Window = { top: 0, left: 0, mirrored: false };

/**
 * Makes batches of a dataset, normalised by the mean and standard deviation of its training images by channel.
 *
 * Training images are shuffled and augmented. Random crop: the image is padded with `cropPadding` pixels on each side
 * and a window of its own size is cut, every position equally likely. Mirror: left to right, half of the time, only if
 * the dataset is mirrorable. The padding is 0 after normalisation, the mean colour, as in pycls
 * (datasets/cifar10.py) and as the zeros that a convolution sees beyond the border. Epoch e of seed s is the same
 * whatever ran before. Batches share their arrays: use one before taking the next. Batches of images in memory are an
 * Iterable; of images that are read on the way, an AsyncIterable.
 *
 * @throws InvalidInputError as {@link checkDataset} does.
 * @example
 * import { createBatchSource, loadDataset } from '@netspace/datasets';
 * const dataset = await loadDataset({ name: 'mnist', trainImages: 100, testImages: 50 });
 * const augmentation = { cropPadding: 4, mirror: true };
 * const source = createBatchSource(dataset, { batchSize: 32, seed: 1, augmentation });
 * const counts: number[] = [];
 * for await (const batch of source.evaluationBatches('test')) counts.push(batch.count);
 * counts; // => [32, 18]
 */
export function createBatchSource(dataset: Dataset, options: BatchSourceOptions): BatchSource {
  const { batchSize, seed, augmentation } = options;
  checkDataset(dataset, options);
  const { train } = dataset;
  const rows = holdOut(dataset, options.validation);
  const toBatches = batchMaker(dataset, batchSize);
  const trainingBatchesPerEpoch = Math.floor(rows.train.length / batchSize);
  return {
    trainingBatchesPerEpoch,
    hasValidation: rows.validation !== undefined || dataset.validation !== undefined,
    trainingBatches(epoch, first = 0) {
      const order = shuffle(rows.train.slice(), openRandom(seed, 'shuffle', epoch));
      const draw = windowDrawer(augmentation, dataset.mirrorable, openRandom(seed, 'augmentation', epoch));
      // What those before it drew.
      for (let image = 0; image < first * batchSize; image++) draw();
      return toBatches(train, order.subarray(first * batchSize, trainingBatchesPerEpoch * batchSize), draw);
    },
    evaluationBatches(part) {
      if (part === 'validation' && rows.validation !== undefined)
        return toBatches(train, rows.validation, () => wholeImage);
      const set = dataset[part];
      if (set === undefined) throw new Error(`createBatchSource: the dataset ${dataset.name} has no ${part} part`);
      return toBatches(set, rowsOf(set), () => wholeImage);
    },
  };
}

/** Batches of the images of a set in an order, in windows as drawn; the last may hold fewer. */
type BatchMaker = (set: ImageSet, order: Uint32Array, draw: () => Window) => Batches;

/** Makes batches whose arrays are all the same ones. */
function batchMaker(dataset: Dataset, batchSize: number): BatchMaker {
  // A product, not a power: V8 keeps the result of ** as a float, and offsets in floats take twice the time.
  const pixels = dataset.channels * dataset.imageSize * dataset.imageSize;
  const writeImage = createImageWriter(dataset);
  const images = new Float32Array(batchSize * pixels);
  const labels = new Int32Array(batchSize);

  /** @param rows - Where the images lie in `bytes`. */
  const batchOf = (bytes: Uint8Array, rows: Uint32Array, draw: () => Window): Batch => {
    for (let position = 0; position < rows.length; position++)
      writeImage(bytes, rows[position]! * pixels, draw(), images, position * pixels);
    return { count: rows.length, images, labels };
  };

  function* inMemory(bytes: Uint8Array, set: ImageSet, order: Uint32Array, draw: () => Window): Iterable<Batch> {
    for (const indices of chunksOf(order, batchSize)) {
      takeLabels(set, indices, labels);
      yield batchOf(bytes, indices, draw);
    }
  }

  async function* onTheWay(
    read: ReadImages,
    set: ImageSet,
    order: Uint32Array,
    draw: () => Window,
  ): AsyncIterable<Batch> {
    const bytes = new Uint8Array(batchSize * pixels);
    const rows = Uint32Array.from({ length: batchSize }, (_, row) => row);
    for (const indices of chunksOf(order, batchSize)) {
      await read(indices, bytes.subarray(0, indices.length * pixels));
      takeLabels(set, indices, labels);
      yield batchOf(bytes, rows.subarray(0, indices.length), draw);
    }
  }

  return (set, order, draw) =>
    typeof set.images === 'function' ? onTheWay(set.images, set, order, draw) : inMemory(set.images, set, order, draw);
}

function* chunksOf(order: Uint32Array, length: number): Iterable<Uint32Array> {
  for (let start = 0; start < order.length; start += length) yield order.subarray(start, start + length);
}

function takeLabels(set: ImageSet, indices: Uint32Array, labels: Int32Array): void {
  for (let position = 0; position < indices.length; position++) labels[position] = set.labels[indices[position]!]!;
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
