import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type FollowedArm, SequentialComparisons } from '@netspace/analysis';
import { describeChanges } from '@netspace/content-hash';
import { type Conditions, InvalidInputError, type TrainingTask } from '@netspace/contracts';
import { seedOf } from '@netspace/evaluators';
import { localRunner } from '@netspace/local-runner';
import { missingTasks, type PopulationRun, type TrainingCounts, trainPopulation } from '@netspace/population';
import { conditionsKind, type FileRecordStore, openRecords, readArtefact, writeArtefact } from '@netspace/run-store';
import {
  architectureOf,
  type Arm,
  conditionChanges,
  conditionsHash,
  conditionsOf,
  replicatesOf,
  studyRecord,
} from '@netspace/study';
import { coresPerNetwork } from '../cores-per-network.js';
import { describeDatasets, type Evaluation, openEvaluation } from '../evaluation.js';
import { imagesOf } from '../images-of.js';
import { checkMemory, machineMemory, type MemoryPlan } from '../memory-plan.js';
import type { StepControl } from '../pipeline-event.js';
import { hasResult, type OpenRun, writeRun } from '../run.js';
import type { TrainingContent } from '../run-content.js';
import type { WorkerData } from '../task-trainer.js';
import { untilAborted } from '../until-aborted.js';
import { planMemory } from './plan-memory.js';
import { type Populations, spacesOf } from './sample-populations.js';

/** How networks are trained. Results do not depend on it. */
export interface TrainOptions extends StepControl {
  /** Worker processes, at least 1; one a core where it is left out. */
  readonly workers?: number;
  /** Bytes that training may take; all that the machine or its container has where it is left out. */
  readonly memory?: number;
}

/** The process that writes a run's records. */
const writer = 'local';

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

async function announceEvaluation({ study }: OpenRun, { workers, onEvent }: TrainOptions): Promise<Evaluation> {
  const evaluation = await openEvaluation(study, coresPerNetwork(workers ?? availableParallelism()));
  const { description, passedOver } = evaluation;
  onEvent?.({ kind: 'evaluator', description, passedOver });
  return evaluation;
}

async function plan(
  { study, arms }: OpenRun,
  populations: Populations,
  { engine }: Evaluation,
  { workers = availableParallelism(), memory: limit = machineMemory(), ...control }: TrainOptions,
): Promise<MemoryPlan | null> {
  if (engine === null) return null;
  const planned = await planMemory(
    arms,
    populations,
    { engine, architecture: architectureOf(study.loaded.extensions), limit },
    control,
  );
  checkMemory(planned, workers, limit);
  return planned;
}

/** The conditions of an arm's results. */
interface ArmConditions {
  readonly arm: Arm;
  readonly conditions: Conditions;
  readonly hash: string;
}

function armConditions(
  { study }: OpenRun,
  arm: Arm,
  { engine, command }: Evaluation,
  datasets: TrainingContent['datasets'],
): ArmConditions {
  const conditions = conditionsOf(study, arm, {
    dataset: datasets[arm.setting.name]!,
    engine,
    ...(command === null ? {} : { command }),
  });
  return { arm, conditions, hash: conditionsHash(conditions) };
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

/**
 * Within one run the conditions of an arm stay what they were.
 *
 * @throws InvalidInputError where there are results of others: what differs.
 */
async function checkConditions(
  { before, folder }: OpenRun,
  store: FileRecordStore,
  conditions: readonly ArmConditions[],
): Promise<void> {
  const results = (await store.records()).filter(hasResult);
  for (const { arm, conditions: now, hash } of conditions) {
    const former = before?.training?.conditions[arm.name];
    if (former === undefined || former === hash || !results.some((record) => record.conditions === former)) continue;
    const { content } = await readArtefact(folder.conditions(former), conditionsKind);
    const problem = `${arm.name} was trained under other conditions: ${describeChanges(conditionChanges(content, now))}`;
    throw new InvalidInputError({
      file: folder.run,
      problem,
      expected: 'the conditions as they were, or another --out',
    });
  }
}

async function writeTraining(
  run: OpenRun,
  conditions: readonly ArmConditions[],
  { evaluator, datasets }: Omit<TrainingContent, 'conditions'>,
): Promise<void> {
  const { folder, study } = run;
  for (const { hash, conditions: content } of conditions) {
    await writeArtefact(folder.conditions(hash), conditionsKind, { made: {}, content });
  }
  const hashes = Object.fromEntries(conditions.map(({ arm, hash }) => [arm.name, hash]));
  const training = { evaluator, datasets, conditions: hashes };
  const images = await imagesOf(study);
  await writeRun(folder, { study: studyRecord(study), images, spaces: spacesOf(run), training });
}

function announceTraining(store: FileRecordStore, total: number, missing: number, { onEvent }: TrainOptions): void {
  if (store.tornLineFile !== undefined) {
    onEvent?.({ kind: 'notice', message: `A torn last line was moved to ${store.tornLineFile}` });
  }
  onEvent?.({ kind: 'training', done: total - missing, total });
}

function workerData(
  { study }: OpenRun,
  conditions: readonly ArmConditions[],
  networksAtOnce: number,
  { engine }: Evaluation,
): WorkerData {
  const { evaluator, settings, place, loaded } = study;
  return {
    ...{ evaluator, settings, place },
    engine: engine?.name ?? study.engine,
    plugins: loaded.modules.map(({ url }) => fileURLToPath(url)),
    cores: coresPerNetwork(networksAtOnce),
    settingOf: Object.fromEntries(conditions.map(({ hash, arm }) => [hash, arm.setting.name])),
  };
}
