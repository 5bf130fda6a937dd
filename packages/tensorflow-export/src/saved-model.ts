import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkGraph, NetworkState } from '@netspace/contracts';
import { encodeSavedModel } from './encode-saved-model.js';
import { inferenceGraph } from './inference-graph.js';

/**
 * Writes a trained network as a SavedModel of TensorFlow with one signature, `serving_default`, from `images`
 * [batch, height, width, channels] to `logits` [batch, classes]. The weights are constants of the graph.
 *
 * @param directory - Made where it does not exist.
 * @throws InvalidInputError where the state lacks a parameter or buffer of the graph.
 */
export async function saveSavedModel(graph: NetworkGraph, state: NetworkState, directory: string): Promise<void> {
  const { nodes, ...signature } = inferenceGraph(graph, state);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'saved_model.pb'), encodeSavedModel(nodes, signature));
}
