/** What a network must know of a dataset: all that sampling and complexity need. */
export interface ImageShape {
  /** 1 to 65,535. */
  readonly classes: number;
  /** 1 (grey) or 3 (red, green, blue). */
  readonly channels: number;
  /** Height and width in pixels. */
  readonly imageSize: number;
}

/**
 * Reads images that are not all in memory: those at `indices`, one after the other, into `target`
 * ([indices.length, channels, height, width], 0 to 255). Calls are never made concurrently.
 */
export type ReadImages = (indices: Uint32Array, target: Uint8Array) => Promise<void>;

/** Images as stored: bytes, not normalised. */
export interface ImageSet {
  /** Number of images. */
  readonly count: number;
  /** [count, channels, height, width], 0 to 255; or, where they do not fit into memory, what reads them. */
  readonly images: Uint8Array | ReadImages;
  /** [count], 0 to classes - 1. */
  readonly labels: Uint16Array;
}

/** The parts of a dataset: networks are trained on the first and tested on the last. */
export type DatasetPart = 'train' | 'validation' | 'test';

/** Labelled square images in two or three parts. */
export interface Dataset extends ImageShape {
  /** For people and files: `mnist`, `cifar10`, `folder`. */
  readonly name: string;
  /** Whether an image keeps its class when mirrored left to right. */
  readonly mirrorable: boolean;
  /** Mean and standard deviation of the training set by channel, in units of 0 to 1. */
  readonly mean: readonly number[];
  readonly standardDeviation: readonly number[];
  readonly train: ImageSet;
  /** For choosing among networks, where there is one. */
  readonly validation?: ImageSet;
  readonly test: ImageSet;
  /**
   * What identifies images that are not in memory, since they are not hashed one by one (a hash of the files, a version);
   * left out where all images are in memory.
   */
  readonly contentRevision?: string;
}

/** What a run keeps of a dataset, so that nothing but training needs its images. */
export interface DatasetDescription extends ImageShape {
  readonly name: string;
  /** SHA-256 of the pixels and labels of all parts as used; the same wherever the images lie. */
  readonly hash: string;
  /** Images in each part. */
  readonly images: Readonly<Partial<Record<DatasetPart, number>>>;
  readonly mirrorable: boolean;
  readonly mean: readonly number[];
  readonly standardDeviation: readonly number[];
  /**
   * Loss of predicting the frequencies of the classes in the training part whatever the image, in nats: their entropy. Left
   * out where it was not counted.
   */
  readonly chanceLoss?: number;
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

/** Batches one after the other; asynchronous where images are read on the way. */
export type Batches = Iterable<Batch> | AsyncIterable<Batch>;

/** Where a trainer gets its batches. The same (seed, epoch) gives the same batches. */
export interface BatchSource {
  /** Full batches in one epoch of training; a remainder is left out. */
  readonly trainingBatchesPerEpoch: number;
  /** Whether there is a validation part. */
  readonly hasValidation: boolean;
  /**
   * Shuffled and augmented; `epoch` counts from 0. Every batch is full.
   *
   * @param first - Batch to begin with, from 0 (where it is left out) to all of them, where there is none.
   */
  trainingBatches(epoch: number, first?: number): Batches;
  /** The part in order; the last batch may hold fewer images. */
  evaluationBatches(part: 'validation' | 'test'): Batches;
}
