import type { InvalidInput, TrainingRecord } from '@netspace/contracts';
import type { TrainingTask } from './training-task.js';

/** What the population tells a worker process. */
export type ToWorker =
  | { readonly kind: 'start'; readonly workerModule: string; readonly workerData: unknown }
  | { readonly kind: 'train'; readonly task: TrainingTask };

/** What a worker process tells the population. */
export type FromWorker =
  /** It has loaded what it needs and waits for tasks. */
  | { readonly kind: 'ready' }
  /** Its module could not be loaded; `input` where the cause is an InvalidInputError. */
  | { readonly kind: 'unusable'; readonly message: string; readonly input?: InvalidInput }
  /** Share of the current task that is done, 0 to 1. */
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'trained'; readonly record: TrainingRecord }
  /** The training threw. */
  | { readonly kind: 'failed'; readonly message: string };
