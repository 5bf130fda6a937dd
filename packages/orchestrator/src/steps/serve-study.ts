import { availableParallelism } from 'node:os';
import type { TrainingTask, WorkerResult } from '@netspace/contracts';
import type { Served } from '@netspace/queue';
import { armsOf, type Study } from '@netspace/study';
import { describeDatasets, type Evaluation } from '../evaluation.js';
import type { PipelineEvent } from '../pipeline-event.js';
import { untilAborted } from '../until-aborted.js';
import { announceEvaluation, armConditions, type TrainingQueue, workerData } from './prepare-training.js';
import { queuedRun } from './queued-run.js';
import { workerProcesses } from './worker-processes.js';

/** How a process serves the queue of a study. */
export interface ServeStudyOptions {
  readonly queue: TrainingQueue;
  /** Networks at a time, at least 1; one a core where it is left out. */
  readonly workers?: number;
  /** Takes no further training; those under way go to their end. */
  readonly drain?: AbortSignal;
  /** Gives those under way back at once. */
  readonly giveBack?: AbortSignal;
  /** Ends soon: gives back what goes on elsewhere from a checkpoint, as where an engine trains; the others go to their end. */
  readonly leave?: AbortSignal;
  /** Milliseconds from one checkpoint of a training to the next, at least; 60,000 where it is left out. */
  readonly checkpointPeriod?: number;
  readonly onEvent?: (event: PipelineEvent) => void;
  /** Called with each training that has ended here. */
  readonly onTrained?: (task: TrainingTask, result: WorkerResult) => void;
}

/**
 * Trains what the process that leads a run of this study puts on a queue, until the run is done. What is executed is what this
 * study names; the run must be of the same recipe, images, evaluator and plugins, by content.
 *
 * @throws InvalidInputError where the queue cannot be used, images or the engine are missing, or the run is of other
 * conditions: what differs.
 */
export async function serveStudy(study: Study, options: ServeStudyOptions): Promise<Served> {
  const { queue, workers = availableParallelism(), checkpointPeriod: period, onEvent, onTrained } = options;
  const evaluation = await announceEvaluation({ study }, { workers, ...(onEvent === undefined ? {} : { onEvent }) });
  try {
    const { drain, giveBack } = signalsOf(options, evaluation);
    const datasets = await untilAborted(describeDatasets(study, evaluation), drain);
    const conditions = armsOf(study).map((arm) => armConditions({ study }, arm, evaluation, datasets));
    const { QueuedCheckpoints, serveQueue } = await import('@netspace/queue');
    const { address, ...patience } = queue;
    const run = queuedRun(study, conditions);
    // A worker has no folder of the run.
    const kept = { server: QueuedCheckpoints.roomOf(address, run), ...(period === undefined ? {} : { period }) };
    const data = workerData({ study }, conditions, workers, evaluation, kept);
    const runner = workerProcesses(data);
    return await serveQueue(address, run, {
      ...{ runner, workers, drain, giveBack, ...patience },
      onNotice: (message) => onEvent?.({ kind: 'notice', message }),
      ...(onTrained === undefined ? {} : { onTrained }),
    });
  } finally {
    await evaluation.close();
  }
}

function signalsOf({ drain, giveBack, leave }: ServeStudyOptions, { engine }: Evaluation) {
  const any = (...signals: (AbortSignal | undefined)[]): AbortSignal =>
    AbortSignal.any(signals.filter((signal) => signal !== undefined));
  return { drain: any(drain, leave), giveBack: any(giveBack, engine === null ? undefined : leave) };
}
