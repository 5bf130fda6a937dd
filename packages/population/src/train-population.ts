import { InvalidInputError, type RecordStore, type Runner, type TrainingTask } from '@netspace/contracts';
import { Crew } from './crew.js';
import { missingTasks } from './missing-tasks.js';
import type { PopulationEvent } from './population-event.js';

/** Networks to train. */
export interface PopulationRun {
  /** All that the study asks for; what the store has a result for is not trained again. */
  readonly tasks: readonly TrainingTask[];
  readonly store: RecordStore;
  /** Where workers come from. */
  readonly runner: Runner;
  /** Workers at a time, >= 1. Results do not depend on it. */
  readonly workers: number;
  /** For the records: the process that writes them, `local`. */
  readonly writer: string;
  /**
   * Asked before each task where several processes train the same tasks: false where another one has it, which leaves it
   * to that one.
   */
  readonly claim?: (task: TrainingTask) => Promise<boolean>;
  /** Asked before each task: once it is true, no further one is trained. Those under way go to their end. */
  readonly isEnough?: () => boolean;
  /** Ends the run early. */
  readonly signal?: AbortSignal;
  /** Called at once, never concurrently. What it throws ends the run. */
  readonly onEvent?: (event: PopulationEvent) => void;
}

/** What became of the trainings of a run. */
export interface TrainingCounts {
  /** That completed or diverged. */
  readonly trained: number;
  /** That could not run: the next run tries them again. */
  readonly failed: number;
}

/**
 * Trains every network that the store has no result for, one on each worker at a time.
 *
 * Records reach the store as they come, so that a crash loses at most the trainings under way and the records
 * that are being written, one a worker, beside its next training. They are trained by index
 * across arms, all replicates of a network before the next network: what is there of a run that was interrupted is an
 * unbiased sample of each arm. Only the last tasks, fewer than two for each worker, go by size. A training that throws, or
 * whose worker is lost three times, gets a record of status `failed` and the others go on. Workers that may hang are those of
 * a {@link WatchedRunner}, which ends them.
 *
 * @throws InvalidInputError of a worker's start (a dataset that is not there; three workers that are lost as they start) or of the
 * store (a full disk); AbortError, which says how far it is, where `signal` ended the run. All workers are
 * stopped then and what is done is kept.
 */
export async function trainPopulation(run: PopulationRun): Promise<TrainingCounts> {
  if (!(Number.isInteger(run.workers) && run.workers >= 1)) {
    const problem = `got ${run.workers}`;
    throw new InvalidInputError({ key: 'workers', problem, expected: 'an integer of at least 1' });
  }
  return new Crew(run, missingTasks(run.tasks, await run.store.records())).work();
}
