import { availableParallelism } from 'node:os';
import type { SampledNetwork, TrainingRecord } from '@netspace/contracts';
import { seedOf } from '@netspace/evaluators';
import { KeptWorkers, trainPopulation } from '@netspace/population';
import { openRecords } from '@netspace/run-store';
import { describeDatasets, type Evaluation } from '../evaluation.js';
import type { OpenRun } from '../begin-run.js';
import { untilAborted } from '../until-aborted.js';
import {
  announceEvaluation,
  armConditions,
  checkConditions,
  checkpointsIn,
  plan,
  type TrainOptions,
  workerData,
  writer,
  writeTraining,
} from './prepare-training.js';
import type { Populations } from './read-populations.js';
import { workerProcesses } from './worker-processes.js';

/** Workers that train networks as they are asked for. */
export interface Training {
  /** The records of networks, in their order: those that have one with a result are not trained. */
  train(networks: readonly SampledNetwork[]): Promise<readonly TrainingRecord[]>;
  /** Stops the workers and gives the records up. */
  close(): Promise<void>;
}

/**
 * Opens the training of a run of one arm, whose networks are not all known beforehand.
 *
 * @param populations - Networks such as will be asked for: their memory is planned.
 * @throws InvalidInputError where images are missing or wrong, networks cannot be trained, workers do not fit into the
 * memory, or results are of other conditions.
 */
export async function openTraining(run: OpenRun, populations: Populations, options: TrainOptions): Promise<Training> {
  const evaluation = await announceEvaluation(run, options);
  try {
    return await trainingWith(evaluation, run, populations, options);
  } catch (error) {
    await evaluation.close();
    throw error;
  }
}

async function trainingWith(
  evaluation: Evaluation,
  run: OpenRun,
  populations: Populations,
  options: TrainOptions,
): Promise<Training> {
  const { workers = availableParallelism(), signal, onEvent } = options;
  const datasets = await untilAborted(describeDatasets(run.study, evaluation), signal);
  const conditions = run.arms.map((arm) => armConditions(run, arm, evaluation, datasets));
  await plan(run, populations, evaluation, options);
  const store = await openRecords(run.folder, writer);
  try {
    await checkConditions(run, conditions, await store.records());
    await writeTraining(run, conditions, { evaluator: evaluation.description, datasets });
  } catch (error) {
    await store.close();
    throw error;
  }
  const data = workerData(run, conditions, workers, evaluation, checkpointsIn(run.folder, options));
  const runner = new KeptWorkers(workerProcesses(data));
  const [{ arm, hash }] = conditions as [(typeof conditions)[0]];
  return {
    async train(networks) {
      const tasks = networks.map((network) => ({
        ...{ arm: arm.name, network, replicate: 0, seed: seedOf(run.study.seed, network.id, 0), conditions: hash },
      }));
      const watched = { ...(signal === undefined ? {} : { signal }), ...(onEvent === undefined ? {} : { onEvent }) };
      await trainPopulation({ tasks, store, runner, workers, writer, ...watched });
      const own = (await store.records()).filter(({ conditions: made }) => made === hash);
      const records = new Map(own.map((record) => [record.network.id, record]));
      return networks.map(({ id }) => records.get(id)!);
    },
    async close() {
      await runner.close();
      await store.close();
      await evaluation.close();
    },
  };
}
