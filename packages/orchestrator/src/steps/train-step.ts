import { type Engine, InvalidInputError, type Population, type TrainingRecord } from '@netspace/contracts';
import { missingTasks, openRecordStore, type PopulationEvent, trainPopulation } from '@netspace/population';
import { coresPerNetwork } from '../cores-per-network.js';
import { createProgress, type Progress } from '../progress.js';
import type { RunFolder } from '../run-folder.js';
import type { Study } from '../study.js';
import type { WorkerData } from '../train-worker.js';
import {
  changesSince,
  conditionsOf,
  recipeHash,
  type TrainingConditions,
  writeConditions,
} from '../training-conditions.js';

/** How the populations are trained. */
export interface TrainOptions {
  readonly engine: Engine;
  readonly workers: number;
  /** Go on where the folder holds results already. */
  readonly resume: boolean;
  readonly signal: AbortSignal;
}

/**
 * Trains every network of the populations that has no result yet.
 *
 * @throws InvalidInputError where there are results already and `resume` is not set, or where it is set and there are none
 * but of another recipe. AbortError where it is interrupted.
 */
export async function trainStep(
  study: Study,
  populations: readonly Population[],
  folder: RunFolder,
  { engine, workers, resume, signal }: TrainOptions,
): Promise<void> {
  const conditions = conditionsOf(study, engine.name);
  const hash = recipeHash(conditions);
  const tasks = populations.flatMap(({ space, networks }) => networks.map((network) => ({ space, network })));
  const store = openRecordStore(folder.records);
  const missing = missingTasks({ tasks, store, recipeHash: hash });
  const progress = createProgress('train', missing.length);
  try {
    if (store.tornLineFile !== undefined) progress.log(`A torn last line was moved to ${store.tornLineFile}`);
    if (resume) checkConditions(store.records(), conditions, folder);
    if (missing.length < tasks.length) {
      checkResume(resume, tasks.length - missing.length, tasks.length, folder);
      progress.log(`${tasks.length - missing.length} of ${tasks.length} networks are trained already`);
    }
    writeConditions(folder, conditions);
    const networksAtOnce = Math.min(workers, missing.length);
    await trainPopulation<WorkerData>({
      tasks,
      recipeHash: hash,
      engine: engine.name,
      store,
      workers,
      workerModule: new URL('../train-worker.js', import.meta.url),
      workerData: { study, engine: engine.name, cores: coresPerNetwork(networksAtOnce), recipeHash: hash },
      signal,
      onEvent: (event) => show(event, progress),
    });
  } finally {
    progress.stop();
    store.close();
  }
}

function checkResume(resume: boolean, done: number, total: number, folder: RunFolder): void {
  if (resume) return;
  const problem = `${done} of ${total} networks are trained already`;
  const expected = '--resume to train the others, or another --out';
  throw new InvalidInputError({ file: folder.records, problem, expected });
}

/** Refuses to resume what this engine trained under other conditions alone: none of it would count. */
function checkConditions(records: readonly TrainingRecord[], conditions: TrainingConditions, folder: RunFolder): void {
  const hash = recipeHash(conditions);
  const trained = records.filter(({ engine, status }) => engine === conditions.engine && status !== 'failed');
  const last = trained.at(-1);
  if (last === undefined || trained.some((record) => record.recipeHash === hash)) return;
  const change = changesSince(folder, last.recipeHash, conditions);
  const problem = `${trained.length} networks are trained, but not as the study is now${change}`;
  const expected = 'the study as it was, another --out, or no --resume to train all networks anew';
  throw new InvalidInputError({ file: folder.records, problem, expected });
}

function show(event: PopulationEvent, progress: Progress): void {
  if (event.kind === 'crashed') {
    const { task, reason, attempt, attempts } = event;
    progress.log(`${task.space} ${task.network.id}: ${reason} (attempt ${attempt} of ${attempts})`);
    return;
  }
  const note = event.kind === 'trained' ? describe(event.record) : undefined;
  progress.update(event.done, note, event.secondsLeft);
}

function describe({ space, network, status, error }: Extract<PopulationEvent, { kind: 'trained' }>['record']): string {
  return `${space} ${network.id} ${status === 'completed' ? `error ${error!.toFixed(2)} %` : status}`;
}
