import type { Tensor } from '@tensorflow/tfjs-core';
import type { AttributeValue, DataType, GraphDefNode } from '@netspace/tensorflow-export';
import type { Attribute, Binding, OutputTensor, TensorflowBackend } from './kernels/tensorflow-backend.js';

/** Writes down what tfjs executes on TensorFlow, as a graph from some tensors to others. */
export class GraphRecorder {
  readonly nodes: GraphDefNode[] = [];
  /** The output of a node that each tensor is, by the tensor's id. */
  private readonly names = new Map<number, string>();

  constructor(
    private readonly backend: TensorflowBackend,
    inputs: readonly Tensor[],
  ) {
    const ids = backend.getInputTensorIds(inputs);
    for (const [index, { shape, dtype }] of inputs.entries()) {
      const attributes = { dtype: { type: dtype as DataType }, shape: { shape } };
      this.add([ids[index]!], { op: 'Placeholder', inputs: [], attributes });
    }
  }

  /** Runs a computation and records it. */
  record(compute: () => void): void {
    const { backend } = this;
    const { binding } = backend;
    backend.binding = this.recordingBinding(binding);
    try {
      compute();
    } finally {
      backend.binding = binding;
    }
  }

  /** `node:output` */
  nameOf(tensor: Tensor): string {
    return this.nameOfId(this.backend.getInputTensorIds([tensor])[0]!);
  }

  private recordingBinding(binding: Binding): Binding {
    const createTensor: Binding['createTensor'] = (shape, type, values) => {
      const id = binding.createTensor(shape, type, values);
      this.addConstant(id, shape, values);
      return id;
    };
    const executeOp: Binding['executeOp'] = (op, attributes, inputs, count) => {
      const outputs = binding.executeOp(op, attributes, inputs, count);
      this.addOperation(op, attributes, inputs, outputs);
      return outputs;
    };
    return Object.create(binding, {
      createTensor: { value: createTensor },
      executeOp: { value: executeOp },
    }) as Binding;
  }

  private addConstant(id: number, shape: readonly number[], values: unknown): void {
    if (!(values instanceof Float32Array || values instanceof Int32Array))
      throw new TypeError('only float32 and int32 constants can be recorded');
    const dtype = values instanceof Float32Array ? 'float32' : 'int32';
    const attributes = { dtype: { type: dtype }, value: { tensor: { shape, values } } } as const;
    this.add([id], { op: 'Const', inputs: [], attributes });
  }

  private addOperation(
    op: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: readonly OutputTensor[],
  ): void {
    const values = attributes.map((attribute) => [attribute.name, this.valueOf(attribute)] as const);
    this.add(
      outputs.map(({ id }) => id),
      { op, inputs: inputs.map((id) => this.nameOfId(id)), attributes: Object.fromEntries(values) },
    );
  }

  private add(outputs: readonly number[], node: Omit<GraphDefNode, 'name'>): void {
    const name = `node${this.nodes.length}`;
    this.nodes.push({ ...node, name });
    for (const [index, id] of outputs.entries()) this.names.set(id, `${name}:${index}`);
  }

  private nameOfId(id: number): string {
    const name = this.names.get(id);
    if (name === undefined) throw new Error('a recorded computation reads a tensor that it was not given');
    return name;
  }

  private valueOf({ type, value }: Attribute): AttributeValue {
    const { binding } = this.backend;
    if (typeof value === 'string') return { text: value };
    if (typeof value === 'boolean') return { boolean: value };
    if (typeof value !== 'number') return { integers: value };
    if (type === binding.TF_ATTR_FLOAT) return { float: value };
    if (type === binding.TF_ATTR_INT) return { integer: value };
    const types = new Map<number, DataType>([
      [binding.TF_FLOAT, 'float32'],
      [binding.TF_INT32, 'int32'],
      [binding.TF_BOOL, 'bool'],
    ]);
    return { type: types.get(value)! };
  }
}
