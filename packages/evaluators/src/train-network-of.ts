import type {
  Architecture,
  CompiledNetwork,
  Dataset,
  Engine,
  EvaluationControl,
  EvaluationJob,
  NetworkGraph,
  TrainingOutcome,
} from '@netspace/contracts';
import { createBatchSource } from '@netspace/datasets';
import { buildGraph, initialState } from '@netspace/model-builder';
import { trainNetwork, type TrainingProgress } from '@netspace/trainer';

/** What networks are trained with. */
export interface TrainingRoom {
  readonly engine: Engine;
  readonly dataset: Dataset;
  /** The blocks and stems that networks may name. */
  readonly architecture: Architecture;
}

/** A network when its training is over. */
export interface TrainedNetwork {
  readonly graph: NetworkGraph;
  /** In the state that the outcome's error was measured on. */
  readonly network: CompiledNetwork;
  readonly outcome: TrainingOutcome;
}

/**
 * Trains one network; its outcome depends on the job, the images and the engine alone.
 *
 * @param use - Makes the result of the trained network, which is freed after it.
 * @returns What `use` made.
 * @throws InvalidInputError where the network cannot be built, the engine refuses it, or a batch is larger than the
 * training set; the signal's reason where it is aborted.
 */
export async function trainNetworkOf<Result>(
  { network: { config }, recipe, seed }: EvaluationJob,
  { engine, dataset, architecture }: TrainingRoom,
  { onProgress, onResume, ...control }: EvaluationControl,
  use: (trained: TrainedNetwork) => Result | Promise<Result>,
): Promise<Result> {
  const { batchSize, augmentation, validation } = recipe;
  const graph = buildGraph(config, architecture);
  const network = await engine.compile(graph, recipe);
  try {
    network.setState(initialState(graph, seed));
    const source = createBatchSource(dataset, { batchSize, seed, augmentation, validation });
    const outcome = await trainNetwork({
      ...{ network, source, recipe, ...control },
      onProgress: (progress) => onProgress?.(shareOf(progress)),
      onResume: (progress) => onResume?.(shareOf(progress)),
    });
    return await use({ graph, network, outcome });
  } finally {
    network.dispose();
  }
}

const shareOf = ({ epoch, epochs, step, stepsPerEpoch }: TrainingProgress): number =>
  (epoch - 1 + step / stepsPerEpoch) / epochs;
