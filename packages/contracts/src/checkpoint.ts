import type { Metrics, NetworkState, TrainingState } from './engine.js';
import type { EpochRecord } from './training.js';

/** Where a training is between two steps: all that decides the rest of it, besides its job. */
export interface Checkpoint {
  /** Of the epochs that are done. */
  readonly epochs: readonly EpochRecord[];
  /** Steps done in the epoch under way: from 0 to all of them, where only the test is left. */
  readonly step: number;
  /** Of these steps, as far as they were taken from the network. */
  readonly metrics: Metrics;
  readonly network: TrainingState;
  /** The moving average of the network's state, where the recipe has one. */
  readonly average?: NetworkState;
  /** Training images so far. */
  readonly images: number;
  /** Wall-clock seconds so far. */
  readonly seconds: {
    /** In all. */
    readonly training: number;
    /** Of the epoch under way. */
    readonly epoch: number;
    /** Of training steps. */
    readonly steps: number;
  };
}

/** Where one training leaves how far it is, so that it can go on from there after it was broken off. */
export interface Checkpoints {
  /** What was kept last; undefined where nothing was, or nothing that can be gone on from. */
  last(): Promise<Checkpoint | undefined>;
  /** Whether it is time to keep one: asked between steps. */
  isDue(): boolean;
  /** Keeps one in place of the last. Where it cannot be kept, that is told and ends nothing. */
  keep(checkpoint: Checkpoint): Promise<void>;
}
