import type { OptimizerConfig, Precision } from './engine.js';

/** The learning rate over an epoch-fraction t in [0, 1). */
export type LearningRateSchedule =
  /** Half-period cosine from base to base * minimumFactor. */
  | { readonly schedule: 'cosine'; readonly base: number; readonly minimumFactor: number }
  /** base * factor ^ (number of `epochs` passed). */
  | { readonly schedule: 'step'; readonly base: number; readonly epochs: readonly number[]; readonly factor: number }
  /** Straight line from base to base * minimumFactor. */
  | { readonly schedule: 'linear'; readonly base: number; readonly minimumFactor: number }
  /** base * minimumFactor ^ t. */
  | { readonly schedule: 'exponential'; readonly base: number; readonly minimumFactor: number };

/** How one network is trained. The same recipe serves a whole population. */
export interface Recipe {
  /** Passes over the training set, >= 1. */
  readonly epochs: number;
  /** Images a step, >= 1. */
  readonly batchSize: number;
  readonly optimizer: OptimizerConfig;
  /** float32 where there is none. */
  readonly precision?: Precision;
  /** float32 where there is none. */
  readonly storage?: Precision;
  readonly learningRate: LearningRateSchedule;
  /** The rate starts at `factor` times the schedule's and reaches it linearly after `epochs` (0: no warm-up). */
  readonly warmup: { readonly epochs: number; readonly factor: number };
  /** In [0, 1). */
  readonly labelSmoothing: number;
  /**
   * Exponential moving average of the state, moved every `period` steps by the weight (1 - decay) * batchSize * period /
   * epochs, at most 1 (pycls, core/net.py); its error is the network's.
   */
  readonly movingAverage?: { readonly decay: number; readonly period: number };
  /** Recompute the batch normalisation statistics over so many images before each evaluation. */
  readonly preciseStatistics?: { readonly images: number };
  /**
   * Share of the training images, in (0, 1), that is held out: networks are chosen by their error on it. Where it is left
   * out, the dataset's own validation part is used, if any.
   */
  readonly validation?: number;
  /** Random changes of training images. `mirror` is obeyed only where the dataset is mirrorable. */
  readonly augmentation: { readonly cropPadding: number; readonly mirror: boolean };
}

/** One epoch of a training. Errors are percentages, 0 to 100; losses are means in nats. */
export interface EpochRecord {
  /** Counts from 1. */
  readonly epoch: number;
  readonly testError: number;
  readonly testLoss?: number;
  readonly testTop5Error?: number;
  /** Of the moving average, where the recipe has one. */
  readonly averageTestError?: number;
  /** Of the validation part, where the dataset has one (of the moving average where the recipe has one). */
  readonly validationError?: number;
  readonly trainLoss?: number;
  readonly trainError?: number;
  /** At the epoch's last step. */
  readonly learningRate?: number;
  /** Wall-clock seconds, training and evaluation. */
  readonly seconds: number;
}

/** What became of a network that was trained. Errors are percentages, 0 to 100. */
export interface TrainingOutcome {
  /** `diverged`: the loss was not finite; its errors count as 100 %. */
  readonly status: 'completed' | 'diverged';
  /** Top-1 test error after the last epoch (of the moving average where the recipe has one). */
  readonly error: number;
  /** Top-5 test error, likewise; null where it was not measured. */
  readonly top5Error: number | null;
  /** Top-1 validation error, likewise; null where there is no validation part. */
  readonly validationError: number | null;
  readonly epochs: readonly EpochRecord[];
  /** Wall-clock seconds in all. */
  readonly seconds: number;
  /** Training images a second of training time; null where it was not measured. */
  readonly imagesPerSecond: number | null;
}
