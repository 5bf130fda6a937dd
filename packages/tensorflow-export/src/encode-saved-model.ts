import type { AttributeValue, Constant, DataType, GraphDefNode, GraphSignature, GraphTensor } from './graph-def.js';
import { entryField, field, floatField, integerField, join, type Bytes } from './protobuf.js';

/** Numbers of DataType in tensorflow/core/framework/types.proto. */
const dataTypes: Readonly<Record<DataType, number>> = { float32: 1, int32: 3, bool: 10 };

/**
 * A graph as the bytes of `saved_model.pb` under the tag `serve`: tensorflow/core/protobuf/saved_model.proto and
 * meta_graph.proto.
 *
 * @param signature - The tensors `images` and `logits` of the signature `serving_default`; by default the model has none.
 *
 * @example
 * import { encodeSavedModel } from '@netspace/tensorflow-export';
 *
 * const shape = [2];
 * const images = { name: 'x', op: 'Placeholder', inputs: [], attributes: { dtype: { type: 'float32' }, shape: { shape } } } as const;
 * const logits = { name: 'y', op: 'Relu', inputs: ['x'], attributes: { T: { type: 'float32' } } } as const;
 * const bytes = encodeSavedModel([images, logits], { input: { name: 'x', shape }, output: { name: 'y', shape } });
 * new TextDecoder().decode(bytes).includes('serving_default'); // => true
 */
export function encodeSavedModel(nodes: readonly GraphDefNode[], signature?: GraphSignature): Uint8Array {
  const information = join([field(4, 'serve'), field(5, '2.15.1')]);
  const versions = integerField(1, 1645);
  const graph = join([...nodes.map((node) => field(1, nodeDef(node))), field(4, versions)]);
  const signatures = signature === undefined ? [] : [entryField(5, 'serving_default', signatureDef(signature))];
  const metaGraph = join([field(1, information), field(2, graph), ...signatures]);
  return join([integerField(1, 1), field(2, metaGraph)]);
}

function signatureDef({ input, output }: GraphSignature): Bytes {
  return join([
    entryField(1, 'images', tensorInfo(input)),
    entryField(2, 'logits', tensorInfo(output)),
    field(3, 'tensorflow/serving/predict'),
  ]);
}

function tensorInfo({ name, shape }: GraphTensor): Bytes {
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
