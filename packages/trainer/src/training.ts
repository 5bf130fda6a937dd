import type { BatchSource, Checkpoints, CompiledNetwork, EpochRecord, Recipe } from '@netspace/contracts';

/** How far a training is. */
export interface TrainingProgress {
  /** The epoch under way, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in this epoch. */
  readonly step: number;
  readonly stepsPerEpoch: number;
}

/** One network to train. */
export interface Training {
  /** Compiled for the recipe's batch size and optimiser, and initialised. It stays the caller's to dispose of. */
  readonly network: CompiledNetwork;
  /** Batches of the recipe's size and augmentation. */
  readonly source: BatchSource;
  readonly recipe: Recipe;
  /** Called where it goes on from a checkpoint, with what was done before. */
  readonly onResume?: (progress: TrainingProgress) => void;
  /** Called after every step; training waits for it. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Called after every epoch, with its record; training waits for it. */
  readonly onEpoch?: (epoch: EpochRecord) => void;
  /** Ends the training before its next step. */
  readonly signal?: AbortSignal;
  /** Where the training goes on from, and what it keeps when it is time to and when `signal` ends it. */
  readonly checkpoints?: Checkpoints;
}
