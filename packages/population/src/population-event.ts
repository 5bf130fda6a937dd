import type { CompletedRecord, DivergedRecord, EpochRecord, FailedRecord, TrainingTask } from '@netspace/contracts';

/** How far a run is. */
export interface PopulationState {
  /** Trainings of this run whose record is kept, the failed ones included. */
  readonly done: number;
  /** Trainings of this run in all. */
  readonly total: number;
  /** Seconds left, estimated from the flops of what is done and what is left; not known in the first seconds. */
  readonly secondsLeft?: number;
}

/** What happens while a population trains. */
export type PopulationEvent =
  /** A worker begins with a task; again for each attempt. */
  | { readonly kind: 'started'; readonly task: TrainingTask }
  /** A training has ended an epoch. */
  | { readonly kind: 'epoch'; readonly task: TrainingTask; readonly epoch: EpochRecord }
  /** A training goes on: `share` of it is done, 0 to 1. */
  | ({ readonly kind: 'progress'; readonly task: TrainingTask; readonly share: number } & PopulationState)
  /**
   * What is worth a line and ends nothing: of a training, that it goes on from a checkpoint; of none, that a worker was lost as
   * it started and another one is.
   */
  | { readonly kind: 'notice'; readonly task?: TrainingTask; readonly message: string }
  /** A training went to its end or diverged, and its record is kept. */
  | ({ readonly kind: 'trained'; readonly record: CompletedRecord | DivergedRecord } & PopulationState)
  /** A training could not run, and its record, which says why, is kept. The others go on. */
  | ({ readonly kind: 'failed'; readonly record: FailedRecord } & PopulationState)
  /** The run has enough: the `left` trainings that did not begin are left out. */
  | { readonly kind: 'enough'; readonly left: number }
  /** A worker was lost: its task is tried again on another. */
  | {
      readonly kind: 'retried';
      readonly task: TrainingTask;
      /** How the worker was lost. */
      readonly reason: string;
      /** The attempt that was lost, from 1. */
      readonly attempt: number;
      /** Attempts a task has in all. */
      readonly attempts: number;
    };
