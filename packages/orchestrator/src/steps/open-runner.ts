import { availableParallelism } from 'node:os';
import type { Runner } from '@netspace/contracts';
import { localRunner } from '@netspace/local-runner';
import { QueueRunner } from '@netspace/queue';
import type { Evaluation } from '../evaluation.js';
import type { OpenRun } from '../begin-run.js';
import { type ArmConditions, type TrainOptions, workerData } from './prepare-training.js';
import { queuedRun } from './queued-run.js';

/** Trainings that are on a queue at a time at most, however many workers serve it. */
const mostOnQueue = 2000;

/** Where the workers of a training come from. */
export interface OpenedRunner {
  readonly runner: Runner;
  /** Workers at a time, at most. */
  readonly workers: number;
  /** Lets workers elsewhere know that all is trained. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Processes of this machine; or, with a queue, whoever serves that. */
export async function openRunner(
  run: OpenRun,
  conditions: readonly ArmConditions[],
  missing: number,
  evaluation: Evaluation,
  options: TrainOptions,
): Promise<OpenedRunner> {
  const { workers = availableParallelism(), queue, onEvent } = options;
  if (queue === undefined) {
    const data = workerData(run, conditions, Math.min(workers, missing), evaluation, options);
    const runner = localRunner({ workerModule: new URL('../task-trainer.js', import.meta.url), workerData: data });
    return { runner, workers, finish: () => Promise.resolve(), close: () => Promise.resolve() };
  }
  const { address, ...patience } = queue;
  const onNotice = (message: string): void => onEvent?.({ kind: 'notice', message });
  const runner = await QueueRunner.open(address, queuedRun(run.study, conditions), { ...patience, onNotice });
  return { runner, workers: mostOnQueue, finish: () => runner.finish(), close: () => runner.close() };
}
