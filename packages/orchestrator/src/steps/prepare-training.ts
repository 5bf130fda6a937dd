import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeChanges } from '@netspace/content-hash';
import { type Conditions, InvalidInputError, type TrainingRecord } from '@netspace/contracts';
import type { QueueAddress } from '@netspace/queue';
import { conditionsKind, readArtefact, type RunFolder, writeArtefact } from '@netspace/run-store';
import { architectureOf, type Arm, conditionChanges, conditionsHash, conditionsOf, studyRecord } from '@netspace/study';
import { coresPerNetwork } from '../cores-per-network.js';
import { type Evaluation, openEvaluation } from '../evaluation.js';
import { imagesOf } from '../images-of.js';
import { checkMemory, machineMemory, type MemoryPlan } from '../memory-plan.js';
import type { StepControl } from '../pipeline-event.js';
import type { OpenRun } from '../begin-run.js';
import { hasResult, writeRun } from '../run.js';
import type { TrainingContent } from '../run-content.js';
import type { CheckpointsKept } from '../kept-checkpoints.js';
import type { WorkerData } from '../task-trainer.js';
import { planMemory } from './plan-memory.js';
import type { Populations } from './read-populations.js';
import { spacesOf } from './sample-populations.js';

/** How networks are trained. Results do not depend on it. */
export interface TrainOptions extends StepControl {
  /** Worker processes, at least 1; one a core where it is left out. */
  readonly workers?: number;
  /** Bytes that training may take; all that the machine or its container has where it is left out. */
  readonly memory?: number;
  /** Milliseconds from one checkpoint of a training to the next, at least; 60,000 where it is left out. */
  readonly checkpointPeriod?: number;
  /** Where workers take the trainings from, instead of worker processes of this machine. */
  readonly queue?: TrainingQueue;
}

/** A queue on a server. */
export interface TrainingQueue {
  readonly address: QueueAddress;
  /** Milliseconds without a sign of life after which a worker is gone; 30,000 where it is left out. */
  readonly patience?: number;
}

/** The process that writes a run's records. */
export const writer = 'local';

/** Opens what evaluates the networks of a run, and tells it. */
export async function announceEvaluation(
  { study }: Pick<OpenRun, 'study'>,
  { workers, onEvent }: Pick<TrainOptions, 'workers' | 'onEvent'>,
): Promise<Evaluation> {
  const evaluation = await openEvaluation(study, coresPerNetwork(workers ?? availableParallelism()));
  const { description, passedOver } = evaluation;
  onEvent?.({ kind: 'evaluator', description, passedOver });
  return evaluation;
}

/** @throws InvalidInputError where networks cannot be trained, or the workers do not fit into the memory. */
export async function plan(
  { study, arms }: OpenRun,
  populations: Populations,
  { engine }: Evaluation,
  { workers = availableParallelism(), memory: limit = machineMemory(), queue, ...control }: TrainOptions,
): Promise<MemoryPlan | null> {
  if (engine === null) return null;
  const planned = await planMemory(
    arms,
    populations,
    { engine, architecture: architectureOf(study.loaded.extensions), limit },
    control,
  );
  // Of machines elsewhere nothing is known.
  checkMemory(planned, queue === undefined ? workers : 1, limit);
  return planned;
}

/** The conditions of an arm's results. */
export interface ArmConditions {
  readonly arm: Arm;
  readonly conditions: Conditions;
  readonly hash: string;
}

/** What decides the results of an arm's networks. */
export function armConditions(
  { study }: Pick<OpenRun, 'study'>,
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

/**
 * Within one run the conditions of an arm stay what they were.
 *
 * @throws InvalidInputError where some of the results are of others: what differs.
 */
export async function checkConditions(
  run: OpenRun,
  conditions: readonly ArmConditions[],
  records: readonly TrainingRecord[],
): Promise<void> {
  const used = new Set(records.filter(hasResult).map((record) => record.conditions));
  for (const arm of conditions) {
    const former = formerConditions(run, arm);
    if (former !== undefined && used.has(former)) await refuseOthers(run, arm, former);
  }
}

/** The hash of an arm's conditions that the run knows, where they are others than now. */
export function formerConditions({ before }: OpenRun, { arm, hash }: ArmConditions): string | undefined {
  const former = before?.training?.conditions[arm.name];
  return former === hash ? undefined : former;
}

/** @throws InvalidInputError always: what differs between an arm's former conditions and those of now. */
export async function refuseOthers(
  { folder }: OpenRun,
  { arm, conditions }: ArmConditions,
  former: string,
): Promise<never> {
  const { content } = await readArtefact(folder.conditions(former), conditionsKind);
  const problem = `${arm.name} was trained under other conditions: ${describeChanges(conditionChanges(content, conditions))}`;
  throw new InvalidInputError({ file: folder.run, problem, expected: 'the conditions as they were, or another --out' });
}

/** Writes what the records' hashes of conditions stand for, and what the run knows of its training. */
export async function writeTraining(
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

/** What each worker is told. */
export function workerData(
  { study }: Pick<OpenRun, 'study'>,
  conditions: readonly ArmConditions[],
  networksAtOnce: number,
  { engine }: Evaluation,
  checkpoints: CheckpointsKept,
): WorkerData {
  const { evaluator, settings, place, loaded, instructionSet } = study;
  return {
    ...{ evaluator, settings, place, checkpoints },
    ...(instructionSet === undefined ? {} : { instructionSet }),
    engine: engine?.name ?? study.engine,
    plugins: loaded.modules.map(({ url }) => fileURLToPath(url)),
    cores: coresPerNetwork(networksAtOnce),
    settingOf: Object.fromEntries(conditions.map(({ hash, arm }) => [hash, arm.setting.name])),
    images: Object.fromEntries(conditions.map((one) => [one.arm.setting.name, one.conditions.dataset?.hash ?? null])),
  };
}

/** Checkpoints in the folder of a run. */
export function checkpointsIn({ directory }: RunFolder, { checkpointPeriod: period }: TrainOptions): CheckpointsKept {
  return { directory: resolve(directory), ...(period === undefined ? {} : { period }) };
}
