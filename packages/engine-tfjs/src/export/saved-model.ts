import { mkdir, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import type { NetworkGraph, NetworkState } from '@netspace/contracts';
import type { AttributeValue, Constant, DataType, GraphDef, GraphDefNode } from './graph-def.js';
import { inferenceGraph } from './inference-graph.js';
import { entryField, field, floatField, integerField, join, type Bytes } from './protobuf.js';

/** Numbers of DataType in tensorflow/core/framework/types.proto. */
const dataTypes: Readonly<Record<DataType, number>> = { float32: 1, int32: 3, bool: 10 };

/**
 * Writes a trained network as a SavedModel of TensorFlow with one signature, `serving_default`, from `images`
 * [batch, height, width, channels] to `logits` [batch, classes]. The weights are constants of the graph.
 *
 * @param directory - Made where it does not exist.
 * @throws InvalidInputError where the state lacks a parameter or buffer of the graph.
 *
 * @example
 * import { mkdtempSync, readdirSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { buildGraph, initialState } from '@netspace/model-builder';
 * import { saveSavedModel } from '@netspace/engine-tfjs';
 *
 * const graph = buildGraph({
 *   stem: { type: 'res_stem_cifar', width: 8 },
 *   block: 'x',
 *   stages: [{ depth: 1, width: 16, stride: 2, bottleneckRatio: 1, groupWidth: 8 }],
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 10,
 *   imageSize: 8,
 *   imageChannels: 3,
 * });
 * const directory = mkdtempSync(join(tmpdir(), 'saved-model-'));
 * await saveSavedModel(graph, initialState(graph, 7), directory);
 * readdirSync(directory); // => ['saved_model.pb']
 */
export async function saveSavedModel(graph: NetworkGraph, state: NetworkState, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const { nodes, input, output } = inferenceGraph(graph, state);
  const signature = join([
    entryField(1, 'images', tensorInfo(input)),
    entryField(2, 'logits', tensorInfo(output)),
    field(3, 'tensorflow/serving/predict'),
  ]);
  const model = encodeSavedModel(nodes, [entryField(5, 'serving_default', signature)]);
  await writeFile(joinPath(directory, 'saved_model.pb'), model);
}

/** A graph under the tag `serve`: tensorflow/core/protobuf/saved_model.proto and meta_graph.proto. */
export function encodeSavedModel(nodes: readonly GraphDefNode[], signatures: readonly Bytes[] = []): Bytes {
  const information = join([field(4, 'serve'), field(5, '2.15.1')]);
  const versions = integerField(1, 1645);
  const graph = join([...nodes.map((node) => field(1, nodeDef(node))), field(4, versions)]);
  const metaGraph = join([field(1, information), field(2, graph), ...signatures]);
  return join([integerField(1, 1), field(2, metaGraph)]);
}

function tensorInfo({ name, shape }: GraphDef['input']): Bytes {
  return join([field(1, `${name}:0`), integerField(2, dataTypes.float32), field(3, tensorShape(shape))]);
}

/** tensorflow/core/framework/node_def.proto */
function nodeDef({ name, op, inputs, attributes }: GraphDefNode): Bytes {
  return join([
    field(1, name),
    field(2, op),
    ...inputs.map((input) => field(3, input)),
    ...Object.entries(attributes).map(([key, value]) => entryField(5, key, attributeValue(value))),
  ]);
}

/** tensorflow/core/framework/attr_value.proto */
function attributeValue(value: AttributeValue): Bytes {
  if ('integers' in value) return field(1, join(value.integers.map((integer) => integerField(3, integer))));
  if ('text' in value) return field(2, value.text);
  if ('integer' in value) return integerField(3, value.integer);
  if ('float' in value) return floatField(4, value.float);
  if ('boolean' in value) return integerField(5, value.boolean ? 1 : 0);
  if ('type' in value) return integerField(6, dataTypes[value.type]);
  if ('shape' in value) return field(7, tensorShape(value.shape));
  return field(8, tensor(value.tensor));
}

function tensor({ shape, values }: Constant): Bytes {
  const type = values instanceof Float32Array ? dataTypes.float32 : dataTypes.int32;
  const content = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return join([integerField(1, type), field(2, tensorShape(shape)), field(4, content)]);
}

function tensorShape(shape: readonly number[]): Bytes {
  return join(shape.map((size) => field(2, integerField(1, size))));
}
