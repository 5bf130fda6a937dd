import type { Complexity } from './complexity.js';
import type { OptimizerConfig, Precision } from './engine.js';
import type { NetworkConfig } from './network-config.js';

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
  /** Random changes of training images. `mirror` is obeyed only where the dataset is mirrorable. */
  readonly augmentation: { readonly cropPadding: number; readonly mirror: boolean };
}

/** One epoch of a training. Errors are percentages, 0 to 100; losses are means in nats. */
export interface EpochRecord {
  /** Counts from 1. */
  readonly epoch: number;
  /** At the epoch's last step. */
  readonly learningRate: number;
  readonly trainLoss: number;
  readonly trainError: number;
  readonly testLoss: number;
  readonly testError: number;
  readonly testTop5Error: number;
  /** Of the moving average, where the recipe has one. */
  readonly averageTestError?: number;
  /** Wall-clock seconds, training and evaluation. */
  readonly seconds: number;
}

/** How a training ended. `diverged`: the loss was not finite; its error counts as 100 %. `failed`: it could not run. */
export type TrainingStatus = 'completed' | 'diverged' | 'failed';

/** What a trainer returns for one network. */
export interface TrainingOutcome {
  readonly status: 'completed' | 'diverged';
  /** Top-1 test error after the last epoch (of the moving average where the recipe has one), per cent. */
  readonly error: number;
  /** Top-5 test error, likewise. */
  readonly top5Error: number;
  readonly epochs: readonly EpochRecord[];
  /** Wall-clock seconds in all. */
  readonly seconds: number;
  /** Training images a second of training time. */
  readonly imagesPerSecond: number;
}

/** A member of a population: what was drawn and what it built. */
export interface SampledNetwork {
  /** Unique in its population and stable: the hash of its configuration. */
  readonly id: string;
  /** Position in the population, from 0. */
  readonly index: number;
  readonly config: NetworkConfig;
  readonly complexity: Complexity;
  /** The drawn parameters by name (`d[1]`, `w[1]`, `w_0`, `w_a`, `w_m`), as in the space's definition. */
  readonly parameters: Readonly<Record<string, number>>;
}

/** A line of a run's store: one trained network. */
export interface TrainingRecord {
  /** Space the network was drawn from. */
  readonly space: string;
  readonly network: SampledNetwork;
  /** Hash of everything that decides the result: recipe, dataset, engine, seed, and the study's own modules. */
  readonly recipeHash: string;
  readonly engine: string;
  readonly status: TrainingStatus;
  /** Per cent; 100 where diverged, null where failed. */
  readonly error: number | null;
  readonly top5Error: number | null;
  readonly epochs: readonly EpochRecord[];
  readonly seconds: number;
  readonly imagesPerSecond: number;
  /** Why it failed. */
  readonly message?: string;
}
