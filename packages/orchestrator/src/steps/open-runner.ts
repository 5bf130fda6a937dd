import { availableParallelism } from 'node:os';
import type { Runner } from '@netspace/contracts';
import { queueId } from '@netspace/run-store';
import type { Evaluation } from '../evaluation.js';
import type { OpenRun } from '../begin-run.js';
import { type ArmConditions, checkpointsIn, type TrainOptions, workerData } from './prepare-training.js';
import { queuedRun } from './queued-run.js';
import { workerProcesses } from './worker-processes.js';

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
    const kept = checkpointsIn(run.folder, options);
    const data = workerData(run, conditions, Math.min(workers, missing), evaluation, kept);
    const runner = workerProcesses(data);
    return { runner, workers, finish: () => Promise.resolve(), close: () => Promise.resolve() };
  }
  const { address, ...patience } = queue;
  const onNotice = (message: string): void => onEvent?.({ kind: 'notice', message });
  const led = { ...queuedRun(run.study, conditions), id: await queueId(run.folder) };
  const { QueueRunner } = await import('@netspace/queue');
  const runner = await QueueRunner.open(address, led, { ...patience, onNotice });
  return { runner, workers: mostOnQueue, finish: () => runner.finish(), close: () => runner.close() };
}
