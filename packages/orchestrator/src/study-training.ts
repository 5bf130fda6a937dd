import type {
  CompiledNetwork,
  Dataset,
  Engine,
  NetworkGraph,
  SampledNetwork,
  TrainingOutcome,
} from '@netspace/contracts';
import { createBatchSource, loadDataset } from '@netspace/datasets';
import { buildGraph, initialState } from '@netspace/model-builder';
import { openRandom } from '@netspace/random';
import { trainNetwork } from '@netspace/trainer';
import { chooseEngine, type EngineChoice } from './engines.js';
import { registerStudyBlocks, type Study } from './study.js';

/** What a study's networks are trained with. */
export interface StudyTraining {
  readonly study: Study;
  readonly dataset: Dataset;
  readonly engine: Engine;
}

/**
 * Loads what a study's networks are trained with.
 *
 * @param engine - Name of the engine.
 * @param cores - What a network may use, where the engine can use several.
 */
export async function openStudyTraining(
  study: Study,
  engine: string,
  cores: number,
): Promise<StudyTraining & EngineChoice> {
  // One network a core; with a fixed number of threads, sums have one order however many workers there are.
  process.env.TF_NUM_INTRAOP_THREADS ??= '1';
  await registerStudyBlocks(study);
  const dataset = await loadDataset(study.dataset);
  return { study, dataset, ...(await chooseEngine(engine, cores)) };
}

/** A network when its training is over. */
export interface TrainedNetwork {
  readonly graph: NetworkGraph;
  readonly network: CompiledNetwork;
  readonly outcome: TrainingOutcome;
}

/** How a training is watched and ended. */
export interface TrainingControl {
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Trains one network as a study says; its result depends on the network and the study alone.
 *
 * @param use - Makes the result of the trained network, which is freed after it.
 */
export async function trainStudyNetwork<Result>(
  { study: { recipe, seed: studySeed }, dataset, engine }: StudyTraining,
  { id, config }: SampledNetwork,
  { onProgress, ...control }: TrainingControl,
  use: (trained: TrainedNetwork) => Result | Promise<Result>,
): Promise<Result> {
  const { batchSize, augmentation } = recipe;
  const seed = openRandom(studySeed, 'network', id).integer(0, 0x7fffffff);
  const graph = buildGraph(config);
  const network = await engine.compile(graph, recipe);
  try {
    network.setState(initialState(graph, seed));
    const source = createBatchSource(dataset, { batchSize, seed, augmentation });
    const outcome = await trainNetwork({
      ...{ network, source, recipe, ...control },
      onProgress: ({ epoch, epochs, step, stepsPerEpoch }) => onProgress((epoch - 1 + step / stepsPerEpoch) / epochs),
    });
    return await use({ graph, network, outcome });
  } finally {
    network.dispose();
  }
}
