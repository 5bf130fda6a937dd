import type { NetworkGraph, NetworkState } from '@netspace/contracts';
import { writeModelFiles } from './model-files.js';
import { standardLayers, type Layer } from './standard-layers.js';

/**
 * Writes a trained network as a LayersModel of TensorFlow.js: `model.json` and `weights.bin`, which `tf.loadLayersModel`
 * loads with no other package, to predict or to train further. Its input is [batch, height, width, channels], normalised
 * as in training; its output is the logits, [batch, classes]. Batch normalisations stay layers of their own.
 *
 * @param directory - Made where it does not exist.
 * @throws InvalidInputError where the state lacks a parameter or buffer of the graph, or where the graph has a max-pool
 *   with padding on values that may be negative: layers pad with zeros.
 */
export async function saveLayersModel(graph: NetworkGraph, state: NetworkState, directory: string): Promise<void> {
  const { layers, input, output } = standardLayers(graph, state);
  const config = {
    name: 'network',
    layers: layers.map(layerJson),
    input_layers: [connection(input)],
    output_layers: [connection(output)],
  };
  const model = {
    format: 'layers-model',
    generatedBy: 'netspace',
    convertedBy: null,
    modelTopology: { class_name: 'Model', config, keras_version: 'tfjs-layers 4.22.0', backend: 'tensor_flow.js' },
  };
  await writeModelFiles(
    directory,
    model,
    layers.flatMap(({ weights }) => weights),
  );
}

function layerJson({ name, className, config, inputs }: Layer): object {
  const nodes = inputs.length === 0 ? [] : [inputs.map((input) => [...connection(input), {}])];
  return { class_name: className, name, config, inbound_nodes: nodes };
}

/** The first output of a layer's first use. */
function connection(layer: string): [layer: string, use: number, output: number] {
  return [layer, 0, 0];
}
