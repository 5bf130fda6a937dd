import type { EvaluationControl } from './evaluator.js';
import type { EpochRecord, TrainingOutcome } from './training.js';
import type { Provenance, TrainingTask } from './training-record.js';

/** A training under way, watched. */
export interface TrainingWatch {
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly onEpoch: (epoch: EpochRecord) => void;
  /** Called where a training goes on from a checkpoint, with the share that was done before, 0 to 1. */
  readonly onResume?: (share: number) => void;
  /** Called with what is worth a line and ends nothing. */
  readonly onNotice?: (message: string) => void;
}

/** What trained, where: the part of a record's provenance that its worker knows. */
export type WorkerDescription = Omit<Provenance, 'date' | 'attempt' | 'writer'>;

/** What a worker makes of a task. */
export type WorkerResult =
  | { readonly kind: 'trained'; readonly outcome: TrainingOutcome }
  /** The training threw: trying it again would throw again. */
  | { readonly kind: 'failed'; readonly message: string };

/** Something that trains one network at a time: a process of this machine, a job of a cluster. */
export interface RunnerWorker {
  readonly description: WorkerDescription;
  /**
   * Trains one network.
   *
   * @throws WorkerLost where the worker is gone: the task is tried again on another.
   */
  train(task: TrainingTask, watch: TrainingWatch): Promise<WorkerResult>;
  /**
   * Ends it, also in the middle of a training, whose promise then rejects with WorkerLost. Resolves when it is gone: at once, or
   * where a training keeps a checkpoint first, in a few seconds.
   */
  stop(): Promise<void>;
}

/**
 * Where workers come from.
 *
 * Implementations pass the conformance suite of `@netspace/population/conformance`.
 */
export interface Runner {
  /** Workers that it can have now, where they come and go by themselves; left out where it starts as many as are asked for. */
  readonly capacity?: number;
  /**
   * Starts a worker and loads what every network needs; or waits for one that comes by itself.
   *
   * @param signal - Ends the start early: what was started is stopped, and the promise rejects with the signal's reason.
   * @throws InvalidInputError of what every network needs (a dataset that is not there): it ends the whole run.
   * @throws WorkerLost where the worker ended as it started.
   */
  start(signal: AbortSignal): Promise<RunnerWorker>;
}

/**
 * A worker is gone: killed, out of memory, a crash of native code, a lost node.
 *
 * @example
 * import { WorkerLost } from '@netspace/contracts';
 * new WorkerLost('the process was killed by SIGKILL').name; // => 'WorkerLost'
 */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
}

/** What runs inside a worker: it has loaded what every network needs and trains one task after the other. */
export interface TaskTrainer {
  readonly description: WorkerDescription;
  /** Seconds that a training may take to end by itself when it is stopped; half of one where it is left out. */
  readonly secondsToStop?: number;
  /** @throws Error where the network could not be trained: its message becomes the reason of a failed record. */
  train(task: TrainingTask, control: EvaluationControl): Promise<TrainingOutcome>;
  /** Frees what it holds. Nothing is called after. */
  close(): Promise<void>;
}

/**
 * What the module of a worker exports as `createTaskTrainer`, called once in each worker.
 *
 * @param data - Plain JSON.
 */
export type CreateTaskTrainer<Data> = (data: Data) => Promise<TaskTrainer>;
