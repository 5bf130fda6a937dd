import { availableParallelism } from 'node:os';
import { type FollowedArm, SequentialComparisons } from '@netspace/analysis';
import type { TrainingTask } from '@netspace/contracts';
import { seedOf } from '@netspace/evaluators';
import { localRunner } from '@netspace/local-runner';
import { missingTasks, type PopulationRun, type TrainingCounts, trainPopulation } from '@netspace/population';
import { type FileRecordStore, openRecords } from '@netspace/run-store';
import { replicatesOf } from '@netspace/study';
import { describeDatasets } from '../evaluation.js';
import type { MemoryPlan } from '../memory-plan.js';
import { hasResult, type OpenRun } from '../run.js';
import { untilAborted } from '../until-aborted.js';
import {
  announceEvaluation,
  armConditions,
  type ArmConditions,
  checkConditions,
  plan,
  type TrainOptions,
  workerData,
  writer,
  writeTraining,
} from './prepare-training.js';
import type { Populations } from './sample-populations.js';

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
  const { workers = availableParallelism(), onEvent, signal } = options;
  const evaluation = await announceEvaluation(run, options);
  try {
    const datasets = await untilAborted(describeDatasets(run.study, evaluation), signal);
    const conditions = run.arms.map((arm) => armConditions(run, arm, evaluation, datasets));
    await plan(run, populations, evaluation, options);
    const tasks = tasksOf(run, populations, conditions);
    const store = await openRecords(run.folder, writer);
    try {
      await checkConditions(run, store, conditions);
      await writeTraining(run, conditions, { evaluator: evaluation.description, datasets });
      const missing = missingTasks(tasks, await store.records());
      announceTraining(store, tasks.length, missing.length, options);
      const data = workerData(run, conditions, Math.min(workers, missing.length), evaluation);
      const runner = localRunner({ workerModule: new URL('../task-trainer.js', import.meta.url), workerData: data });
      const population = { tasks, store, runner, workers, writer, ...(signal === undefined ? {} : { signal }) };
      return await trainUntilNarrow(run, followedArms(run, populations, conditions), population, onEvent);
    } finally {
      await store.close();
    }
  } finally {
    await evaluation.close();
  }
}

/** Trains until every comparison is as narrow as the study's rule asks, where it has one, or all is trained. */
async function trainUntilNarrow(
  { study: { compare, stop } }: OpenRun,
  arms: readonly FollowedArm[],
  population: PopulationRun,
  onEvent: TrainOptions['onEvent'] = () => undefined,
): Promise<TrainingCounts> {
  if (stop === undefined) return trainPopulation({ ...population, onEvent });
  const compared = new SequentialComparisons(arms, compare, stop);
  // What failed before is tried again.
  (await population.store.records()).filter(hasResult).forEach((record) => compared.add(record));
  const counts = await trainPopulation({
    ...population,
    isEnough: () => compared.areNarrow,
    onEvent: (event) => {
      if (event.kind === 'trained' || event.kind === 'failed') compared.add(event.record);
      onEvent(event);
    },
  });
  onEvent({ kind: 'compared', comparisons: compared.comparisons, rule: stop });
  return counts;
}

function followedArms(
  { study }: OpenRun,
  populations: Populations,
  conditions: readonly ArmConditions[],
): FollowedArm[] {
  return conditions.map(({ arm: { name, setting, space }, hash }, index) => ({
    ...{ name, setting: setting.name, space: space.name, conditions: hash, networks: populations[index]!.networks },
    trainingsOf: (network) => replicatesOf(study, network),
  }));
}

/** By arm; a network that several arms ask for under the same conditions is the same task. */
function tasksOf({ study }: OpenRun, populations: Populations, conditions: readonly ArmConditions[]): TrainingTask[] {
  return conditions.flatMap(({ arm, hash }, index) =>
    populations[index]!.networks.flatMap((network) =>
      Array.from({ length: replicatesOf(study, network.index) }, (_, replicate) => ({
        arm: arm.name,
        network,
        replicate,
        seed: seedOf(study.seed, network.id, replicate),
        conditions: hash,
      })),
    ),
  );
}

function announceTraining(store: FileRecordStore, total: number, missing: number, { onEvent }: TrainOptions): void {
  if (store.tornLineFile !== undefined) {
    onEvent?.({ kind: 'notice', message: `A torn last line was moved to ${store.tornLineFile}` });
  }
  onEvent?.({ kind: 'training', done: total - missing, total });
}
