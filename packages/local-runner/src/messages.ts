import type { EpochRecord, InvalidInput, TrainingTask, WorkerDescription, WorkerResult } from '@netspace/contracts';

/** What a worker process is told. */
export type ToWorker =
  | { readonly kind: 'start'; readonly workerModule: string; readonly workerData: unknown }
  | { readonly kind: 'train'; readonly task: TrainingTask }
  /** To free what it holds and to end. */
  | { readonly kind: 'stop' };

/** What a worker process answers to each kind of question, when it is done. */
export interface AnswerTo {
  readonly start:
    /** It has loaded what it needs and waits for tasks. */
    | { readonly kind: 'ready'; readonly description: WorkerDescription; readonly secondsToStop?: number }
    /** Its module could not be loaded; `input` where the cause is an InvalidInputError. */
    | { readonly kind: 'unusable'; readonly message: string; readonly input?: InvalidInput };
  readonly train: WorkerResult;
}

/** What a worker process tells. */
export type FromWorker =
  | AnswerTo[keyof AnswerTo]
  /** Share of the current task that is done, 0 to 1. */
  | { readonly kind: 'progress'; readonly share: number }
  /** The current task goes on from a checkpoint: so much was done before. */
  | { readonly kind: 'resumed'; readonly share: number }
  /** An epoch of the current task has ended. */
  | { readonly kind: 'epoch'; readonly epoch: EpochRecord }
  /** Something of the current task that is worth a line. */
  | { readonly kind: 'notice'; readonly message: string };
