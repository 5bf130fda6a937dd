import type { NetworkGraph, NetworkState } from '@netspace/contracts';
import type { AttributeValue, DataType, GraphDef, GraphTensor } from './graph-def.js';
import { inferenceGraph } from './inference-graph.js';
import { typeOf, writeModelFiles, type NamedWeight } from './model-files.js';

/**
 * Writes a trained network as a GraphModel of TensorFlow.js: `model.json` and `weights.bin`, which `tf.loadGraphModel`
 * loads with no other package. Its input is [batch, height, width, channels], normalised as in training; its output is
 * the logits, [batch, classes].
 *
 * @param directory - Made where it does not exist.
 * @throws InvalidInputError where the state lacks a parameter or buffer of the graph.
 */
export async function saveGraphModel(graph: NetworkGraph, state: NetworkState, directory: string): Promise<void> {
  const definition = inferenceGraph(graph, state);
  const model = {
    format: 'graph-model',
    generatedBy: 'netspace',
    convertedBy: null,
    signature: {
      inputs: { images: tensorInfo(definition.input) },
      outputs: { logits: tensorInfo(definition.output) },
    },
    modelTopology: { node: definition.nodes.map(nodeJson), library: {}, versions: {} },
  };
  await writeModelFiles(directory, model, constantsOf(definition));
}

function constantsOf({ nodes }: GraphDef): NamedWeight[] {
  return nodes.flatMap(({ name, attributes: { value } }) =>
    value !== undefined && 'tensor' in value ? [{ name, ...value.tensor }] : [],
  );
}

function tensorInfo({ name, shape }: GraphTensor): object {
  return { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: shapeJson(shape) };
}

function nodeJson({ name, op, inputs, attributes }: GraphDef['nodes'][number]): object {
  const attr = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, attributeJson(value)]));
  return { name, op, input: inputs, attr };
}

/** An attribute as protobuf's JSON: 64-bit integers are strings, bytes are base64. */
function attributeJson(value: AttributeValue): object {
  if ('float' in value) return { f: value.float };
  if ('integer' in value) return { i: String(value.integer) };
  if ('integers' in value) return { list: { i: value.integers.map(String) } };
  if ('boolean' in value) return { b: value.boolean };
  if ('text' in value) return { s: Buffer.from(value.text).toString('base64') };
  if ('type' in value) return { type: typeJson(value.type) };
  if ('shape' in value) return { shape: shapeJson(value.shape) };
  const { shape, values } = value.tensor;
  return { tensor: { dtype: typeJson(typeOf(values)), tensorShape: shapeJson(shape) } };
}

function typeJson(type: DataType): string {
  return { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' }[type];
}

function shapeJson(shape: readonly number[]): object {
  return { dim: shape.map((size) => ({ size: String(size) })) };
}
