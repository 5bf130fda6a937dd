/** Images as stored: bytes, not normalised. */
export interface ImageSet {
  /** Number of images. */
  readonly count: number;
  /** [count, channels, height, width], 0 to 255. */
  readonly images: Uint8Array;
  /** [count], 0 to classes - 1. */
  readonly labels: Uint8Array;
}

/** Labelled square images, a training and a test set. */
export interface Dataset {
  /** For people and files: `mnist`, `cifar10`, `synthetic`. */
  readonly name: string;
  readonly classes: number;
  /** 1 (grey) or 3 (red, green, blue). */
  readonly channels: number;
  /** Height and width in pixels. */
  readonly imageSize: number;
  /** Whether an image keeps its class when mirrored left to right. */
  readonly mirrorable: boolean;
  /** Mean and standard deviation of the training set by channel, in units of 0 to 1. */
  readonly mean: readonly number[];
  readonly standardDeviation: readonly number[];
  readonly train: ImageSet;
  readonly test: ImageSet;
}

/** Images ready for an engine. Its arrays may be reused by the source for the next batch. */
export interface Batch {
  /** Images it holds, 1 to the batch size; the arrays may be longer. */
  readonly count: number;
  /** [count, channels, height, width], normalised. */
  readonly images: Float32Array;
  /** [count], 0 to classes - 1. */
  readonly labels: Int32Array;
}

/** Where a trainer gets its batches. The same (seed, epoch) gives the same batches. */
export interface BatchSource {
  /** Full batches in one epoch of training; a remainder is left out. */
  readonly trainingBatchesPerEpoch: number;
  /** Shuffled and augmented; `epoch` counts from 0. Every batch is full. */
  trainingBatches(epoch: number): Iterable<Batch>;
  /** The test set in order; the last batch may hold fewer images. */
  evaluationBatches(): Iterable<Batch>;
}
