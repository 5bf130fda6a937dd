import { missingTasks, type PopulationRun, type TrainingCounts } from '@netspace/population';
import { type FileRecordStore, openRecords } from '@netspace/run-store';
import { describeDatasets } from '../evaluation.js';
import type { MemoryPlan } from '../memory-plan.js';
import type { OpenRun } from '../begin-run.js';
import { hasResult } from '../run.js';
import { untilAborted } from '../until-aborted.js';
import { openRunner } from './open-runner.js';
import {
  announceEvaluation,
  armConditions,
  checkConditions,
  plan,
  type TrainOptions,
  writer,
  writeTraining,
} from './prepare-training.js';
import type { Populations } from './read-populations.js';
import { StopRule } from './stop-rule.js';
import { trainFollowed } from './train-followed.js';
import { trainingTasks } from './training-tasks.js';

/**
 * Plans the memory that training takes, and finds what would make it fail; trains nothing and writes nothing.
 *
 * @returns The plan; null where no engine trains.
 * @throws InvalidInputError where the images are missing or wrong, networks cannot be trained, or the workers do not fit
 * into the memory.
 */
export async function planTraining(
  run: OpenRun,
  populations: Populations,
  options: TrainOptions = {},
): Promise<MemoryPlan | null> {
  const evaluation = await announceEvaluation(run, options);
  try {
    await untilAborted(describeDatasets(run.study, evaluation), options.signal);
    return await plan(run, populations, evaluation, options);
  } finally {
    await evaluation.close();
  }
}

/**
 * Trains every network of the populations that has no result yet, each as often as the study has replicates; where the
 * study says when to `stop`, until then.
 *
 * @throws InvalidInputError as {@link planTraining}; and where results are of other conditions than the study's now, or a
 * record cannot be written. AbortError where it is interrupted: what is done is kept.
 */
export async function trainPopulations(
  run: OpenRun,
  populations: Populations,
  options: TrainOptions = {},
): Promise<TrainingCounts> {
  const { onEvent, signal } = options;
  const evaluation = await announceEvaluation(run, options);
  try {
    const datasets = await untilAborted(describeDatasets(run.study, evaluation), signal);
    const conditions = run.arms.map((arm) => armConditions(run, arm, evaluation, datasets));
    await plan(run, populations, evaluation, options);
    const tasks = trainingTasks(run.study, populations, conditions);
    const store = await openRecords(run.folder, writer);
    try {
      await checkConditions(run, conditions, await store.records());
      await writeTraining(run, conditions, { evaluator: evaluation.description, datasets });
      const missing = missingTasks(tasks, await store.records());
      announceTraining(store, tasks.length, missing.length, options);
      const opened = await openRunner(run, conditions, missing.length, evaluation, options);
      try {
        const { runner, workers } = opened;
        const population = { tasks, store, runner, workers, writer, ...(signal === undefined ? {} : { signal }) };
        const rule = await StopRule.of(run.study, populations, conditions);
        const counts = await trainUntilStopped(population, rule, onEvent);
        await opened.finish();
        return counts;
      } finally {
        await opened.close();
      }
    } finally {
      await store.close();
    }
  } finally {
    await evaluation.close();
  }
}

/** Trains until no further training is needed: by the study's rule, where it has one, or because all is trained. */
async function trainUntilStopped(
  population: PopulationRun,
  rule: StopRule,
  onEvent: TrainOptions['onEvent'] = () => undefined,
): Promise<TrainingCounts> {
  // What failed before is tried again.
  (await population.store.records()).filter(hasResult).forEach((record) => rule.add(record));
  const counts = await trainFollowed(population, rule, onEvent);
  rule.tell(onEvent);
  return counts;
}

function announceTraining(store: FileRecordStore, total: number, missing: number, { onEvent }: TrainOptions): void {
  if (store.tornLineFile !== undefined) {
    onEvent?.({ kind: 'notice', message: `A torn last line was moved to ${store.tornLineFile}` });
  }
  onEvent?.({ kind: 'training', done: total - missing, total });
}
