import type { EpochRecord } from './training.js';
import type { TrainingRecord, TrainingTask } from './training-record.js';

/** A training under way, watched. */
export interface TrainingWatch {
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly onEpoch: (epoch: EpochRecord) => void;
}

/** What a worker makes of a task; who asked for it adds identity and provenance. */
export type WorkerResult =
  | { readonly kind: 'recorded'; readonly record: TrainingRecord }
  /** The training threw: trying it again would throw again. */
  | { readonly kind: 'failed'; readonly message: string };

/** Something that trains one network at a time: a process of this machine, a job of a cluster. */
export interface RunnerWorker {
  /**
   * Trains one network.
   *
   * @param attempt - Which try it is, from 1.
   * @throws WorkerLost where the worker is gone: the task is tried again on another.
   */
  train(task: TrainingTask, attempt: number, watch: TrainingWatch): Promise<WorkerResult>;
  /** Ends it at once, also in the middle of a training, whose promise then rejects with WorkerLost. Resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Where workers come from.
 *
 * Implementations pass the conformance suite of `@netspace/population/conformance`.
 */
export interface Runner {
  /**
   * Starts a worker and loads what every network needs.
   *
   * @param signal - Ends the start early: what was started is stopped, and the promise rejects with the signal's reason.
   * @throws InvalidInputError of what every network needs (a dataset that is not there): it ends the whole run.
   * @throws WorkerLost where the worker ended as it started.
   */
  start(signal: AbortSignal): Promise<RunnerWorker>;
}

/** A worker is gone: killed, out of memory, a crash of native code, a lost node. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
}
