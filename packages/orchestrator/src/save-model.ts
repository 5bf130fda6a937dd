import { InvalidInputError, type NetworkGraph, type NetworkState } from '@netspace/contracts';
import { Option } from 'commander';

/** The forms that a network is written in. */
const modelFormats = ['layers-model', 'graph-model', 'saved-model'] as const;

/** `layers-model` and `graph-model` are TensorFlow.js', `saved-model` is TensorFlow's. */
export type ModelFormat = (typeof modelFormats)[number];

/** The option that chooses one. */
export function formatOption(): Option {
  return new Option('--format <format>', 'form of the model').choices(modelFormats).makeOptionMandatory();
}

/**
 * Writes a network as a model.
 *
 * @throws InvalidInputError where the format cannot hold it, or the folder cannot be written.
 */
export async function saveModel(
  format: ModelFormat,
  graph: NetworkGraph,
  state: NetworkState,
  directory: string,
): Promise<void> {
  const { saveGraphModel, saveLayersModel, saveSavedModel } = await import('@netspace/engine-tfjs');
  const save = { 'layers-model': saveLayersModel, 'graph-model': saveGraphModel, 'saved-model': saveSavedModel }[
    format
  ];
  try {
    await save(graph, state, directory);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new InvalidInputError({ file: directory, problem: `cannot be written: ${error.message}` }, { cause: error });
  }
}
