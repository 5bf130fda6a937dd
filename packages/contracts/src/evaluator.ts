import type { Checkpoints } from './checkpoint.js';
import type { SampledNetwork } from './population.js';
import type { EpochRecord, Recipe, TrainingOutcome } from './training.js';

/** One network to evaluate. */
export interface EvaluationJob {
  readonly network: SampledNetwork;
  readonly recipe: Recipe;
  /** Of everything random: initial weights, order and augmentation of images. An integer, 0 to 2^31 - 1. */
  readonly seed: number;
}

/** How an evaluation is watched and ended. */
export interface EvaluationControl {
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Called after each epoch. */
  readonly onEpoch?: (epoch: EpochRecord) => void;
  /** Called where it goes on from a checkpoint, with the share that was done before, 0 to 1. */
  readonly onResume?: (share: number) => void;
  /** Called with what is worth a line and ends nothing. */
  readonly onNotice?: (message: string) => void;
  /** Ends the evaluation early: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Where a training on an engine leaves how far it is, and goes on from. */
  readonly checkpoints?: Checkpoints;
}

/**
 * Turns a network into an outcome: trains it on an engine, asks another program, or looks it up.
 *
 * The same job gives the same outcome but for its times. Calls are never made concurrently.
 */
export interface Evaluator {
  /** What evaluates, for people: engine, instruction set; or the command. */
  readonly description: string;
  /** What decides the last bits of its results, where that is known: `avx512_512`. */
  readonly instructionSet: string | null;
  /** @throws Error where the network could not be evaluated: its message becomes the reason of a failed record. */
  evaluate(job: EvaluationJob, control: EvaluationControl): Promise<TrainingOutcome>;
  /** Frees what it holds. Nothing is called after. */
  close(): Promise<void>;
}
