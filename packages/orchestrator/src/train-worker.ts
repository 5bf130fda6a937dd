import type { Dataset, Engine, TrainingRecord } from '@netspace/contracts';
import { createBatchSource, loadDataset } from '@netspace/datasets';
import { buildGraph, initialState } from '@netspace/model-builder';
import type { ReportProgress, TrainingTask, TrainNetwork } from '@netspace/population';
import { openRandom } from '@netspace/random';
import { trainNetwork } from '@netspace/trainer';
import { chooseEngine } from './engines.js';
import { registerStudyBlocks, type Study } from './study.js';

/** What a worker process is told at its start. */
export interface WorkerData {
  readonly study: Study;
  /** The engine's own name, chosen once for the whole run. */
  readonly engine: string;
  /** What each network may use. */
  readonly cores: number;
  readonly recipeHash: string;
}

/** Called by a worker process of the population: loads once what every network needs. */
export async function createTrainer(data: WorkerData): Promise<TrainNetwork> {
  // One network a core; with a fixed number of threads, sums have one order however many workers there are.
  process.env.TF_NUM_INTRAOP_THREADS ??= '1';
  await registerStudyBlocks(data.study);
  const dataset = await loadDataset(data.study.dataset);
  const { engine } = await chooseEngine(data.engine, data.cores);
  return (task, onProgress) => trainTask(task, { ...data, dataset, engine }, onProgress);
}

interface Workshop {
  readonly study: Study;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly recipeHash: string;
}

async function trainTask(
  task: TrainingTask,
  { study, dataset, engine, recipeHash }: Workshop,
  onProgress: ReportProgress,
): Promise<TrainingRecord> {
  const { recipe } = study;
  const { batchSize, augmentation } = recipe;
  const seed = openRandom(study.seed, 'network', task.network.id).integer(0, 0x7fffffff);
  const graph = buildGraph(task.network.config);
  const network = await engine.compile(graph, recipe);
  try {
    network.setState(initialState(graph, seed));
    const source = createBatchSource(dataset, { batchSize, seed, augmentation });
    const outcome = await trainNetwork({
      ...{ network, source, recipe },
      onProgress: ({ epoch, epochs, step, stepsPerEpoch }) => onProgress((epoch - 1 + step / stepsPerEpoch) / epochs),
    });
    return { space: task.space, network: task.network, recipeHash, engine: engine.name, ...outcome };
  } finally {
    network.dispose();
  }
}
