import { isNativeError } from 'node:util/types';
import { InvalidInputError, type NetworkGraph, type NetworkState } from '@netspace/contracts';
import { saveGraphModel } from './graph-model.js';
import { saveLayersModel } from './layers-model.js';
import { saveSavedModel } from './saved-model.js';

const writers = {
  'layers-model': saveLayersModel,
  'graph-model': saveGraphModel,
  'saved-model': saveSavedModel,
} as const;

/** `layers-model` and `graph-model` are TensorFlow.js', `saved-model` is TensorFlow's. */
export type ModelFormat = keyof typeof writers;

/**
 * The forms that a network is written in.
 *
 * @example
 * import { modelFormats } from '@netspace/tensorflow-export';
 *
 * modelFormats; // => ['layers-model', 'graph-model', 'saved-model']
 */
export const modelFormats: readonly ModelFormat[] = Object.keys(writers) as ModelFormat[];

/**
 * Writes a network, in evaluation mode, as a model from images [batch, height, width, channels], normalised as in
 * training, to logits [batch, classes].
 *
 * A LayersModel keeps its batch normalisations as layers and can be trained further.
 *
 * @param graph - The network.
 * @param state - Its parameters and buffers.
 * @param directory - Where the files of the model go, under the names that TensorFlow gives them; made where it does not
 *   exist.
 * @throws InvalidInputError where there is no such format, where the state lacks a parameter or buffer of the graph, where
 *   a LayersModel should pad what may be negative for a max-pool, or where the folder cannot be written.
 *
 * @example
 * import { mkdtempSync, readdirSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import type { NetworkGraph } from '@netspace/contracts';
 * import { saveModel } from '@netspace/tensorflow-export';
 *
 * const images = { channels: 1, height: 1, width: 2 };
 * const pixel = { channels: 1, height: 1, width: 1 };
 * const classes = { channels: 2, height: 1, width: 1 };
 * const graph: NetworkGraph = {
 *   nodes: [
 *     { op: 'input', id: 0, inputs: [], shape: images, layer: 'images' },
 *     { op: 'global_average_pool', id: 1, inputs: [0], shape: pixel, layer: 'head.pool' },
 *     { op: 'linear', id: 2, inputs: [1], shape: classes, layer: 'head.fc', weight: 'fc.weight', bias: 'fc.bias' },
 *   ],
 *   output: 2,
 *   parameters: [
 *     { name: 'fc.weight', shape: [2, 1], role: 'linear_weight' },
 *     { name: 'fc.bias', shape: [2], role: 'bias' },
 *   ],
 *   buffers: [],
 * };
 * const state = new Map([
 *   ['fc.weight', Float32Array.of(1, -1)],
 *   ['fc.bias', Float32Array.of(0, 0.5)],
 * ]);
 * const directory = mkdtempSync(join(tmpdir(), 'saved-model-'));
 * await saveModel('saved-model', graph, state, directory);
 * readdirSync(directory); // => ['saved_model.pb']
 */
export async function saveModel(
  format: ModelFormat,
  graph: NetworkGraph,
  state: NetworkState,
  directory: string,
): Promise<void> {
  if (!modelFormats.includes(format)) {
    throw new InvalidInputError({ key: 'format', problem: `got "${format}"`, expected: modelFormats.join(', ') });
  }
  try {
    await writers[format](graph, state, directory);
  } catch (error) {
    if (!(isNativeError(error) && 'syscall' in error)) throw error;
    throw new InvalidInputError({ file: directory, problem: `cannot be written: ${error.message}` }, { cause: error });
  }
}
