import type {
  BatchNormNode,
  ConvNode,
  GraphNode,
  LinearNode,
  MaxPoolNode,
  NetworkGraph,
  NetworkState,
} from '@netspace/contracts';
import { permute } from './permute.js';
import type { AttributeValue, GraphDef, GraphDefNode } from './graph-def.js';
import { stateValues } from './state-values.js';

const float: AttributeValue = { type: 'float32' };
const integer: AttributeValue = { type: 'int32' };
const channelsLast: AttributeValue = { text: 'NHWC' };

/**
 * Writes a network in evaluation mode in operations that every TensorFlow and TensorFlow.js has: a convolution in groups
 * becomes a convolution for each group.
 */
export function inferenceGraph(graph: NetworkGraph, state: NetworkState): GraphDef {
  const builder = new InferenceGraphBuilder(graph, state);
  return builder.build();
}

class InferenceGraphBuilder {
  private readonly nodes: GraphDefNode[] = [];
  private readonly added = new Set<string>();
  /** The name of each graph node's output. */
  private readonly names: string[] = [];

  constructor(
    private readonly graph: NetworkGraph,
    private readonly state: NetworkState,
  ) {}

  build(): GraphDef {
    const { nodes, output } = this.graph;
    for (const node of nodes) this.names.push(this.translate(node));
    const [{ shape: image }, { shape: result }] = [nodes[0]!, nodes[output]!];
    const isVector = result.height === 1 && result.width === 1;
    const shape = isVector ? [-1, result.channels] : [-1, result.height, result.width, result.channels];
    const name = isVector
      ? this.reshape('output', this.names[output]!, shape)
      : this.add('output', 'Identity', [this.names[output]!], { T: float });
    return {
      nodes: this.nodes,
      input: { name: this.names[0]!, shape: [-1, image.height, image.width, image.channels] },
      output: { name, shape },
    };
  }

  /** Adds a graph node's operations; returns the name of its output. */
  private translate(node: GraphNode): string {
    const name = `${node.layer}/${node.op}${node.id}`;
    const inputs = node.inputs.map((id) => this.names[id]!);
    switch (node.op) {
      case 'input': {
        const { channels, height, width } = node.shape;
        return this.add('images', 'Placeholder', [], { dtype: float, shape: { shape: [-1, height, width, channels] } });
      }
      case 'conv':
        return this.convolution(name, inputs[0]!, node);
      case 'batch_norm':
        return this.batchNorm(name, inputs[0]!, node);
      case 'relu':
        return this.add(name, 'Relu', inputs, { T: float });
      case 'sigmoid':
        return this.add(name, 'Sigmoid', inputs, { T: float });
      case 'add':
        return this.add(name, 'AddV2', inputs, { T: float });
      case 'scale':
        return this.add(name, 'Mul', inputs, { T: float });
      case 'global_average_pool': {
        const axes = this.integers(`${name}/axes`, [1, 2]);
        return this.add(name, 'Mean', [inputs[0]!, axes], { T: float, Tidx: integer, keep_dims: { boolean: true } });
      }
      case 'max_pool':
        return this.maxPool(name, inputs[0]!, node);
      case 'linear':
        return this.linear(name, inputs[0]!, node);
    }
  }

  private convolution(name: string, input: string, node: ConvNode): string {
    const { kernel, stride, padding, groups, weight, bias } = node;
    const { shape } = this.graph.parameters.find((parameter) => parameter.name === weight)!;
    const [outputs, channels] = [shape[0]! / groups, shape[1]!];
    const framed = padding === 0 ? input : this.pad(name, 'Pad', input, padding, []);
    const parts = groups === 1 ? [framed] : this.split(name, framed, groups);
    const filterSize = outputs * channels * kernel * kernel;
    const results = parts.map((part, group) => {
      const values = this.values(weight).subarray(group * filterSize, (group + 1) * filterSize);
      const filter = permute(values, [outputs, channels, kernel, kernel], [2, 3, 1, 0]);
      const filterName = this.floats(`${name}/filter${group}`, [kernel, kernel, channels, outputs], filter);
      return this.add(groups === 1 ? name : `${name}/group${group}`, 'Conv2D', [part, filterName], {
        T: float,
        strides: { integers: [1, stride, stride, 1] },
        dilations: { integers: [1, 1, 1, 1] },
        padding: { text: 'VALID' },
        data_format: channelsLast,
      });
    });
    const joined = groups === 1 ? results[0]! : this.concat(name, results);
    return bias === undefined ? joined : this.add(`${name}/biased`, 'AddV2', [joined, this.vector(bias)], { T: float });
  }

  private batchNorm(name: string, input: string, node: BatchNormNode): string {
    const { gamma, beta, runningMean, runningVariance, epsilon } = node;
    const inputs = [input, ...[gamma, beta, runningMean, runningVariance].map((vector) => this.vector(vector))];
    return this.add(name, 'FusedBatchNormV3', inputs, {
      T: float,
      U: float,
      epsilon: { float: epsilon },
      is_training: { boolean: false },
      data_format: channelsLast,
    });
  }

  private maxPool(name: string, input: string, { kernel, stride, padding }: MaxPoolNode): string {
    const framed = padding === 0 ? input : this.pad(name, 'PadV2', input, padding, [this.lowest(name)]);
    return this.add(name, 'MaxPool', [framed], {
      T: float,
      ksize: { integers: [1, kernel, kernel, 1] },
      strides: { integers: [1, stride, stride, 1] },
      padding: { text: 'VALID' },
      data_format: channelsLast,
    });
  }

  private linear(name: string, input: string, { weight, bias }: LinearNode): string {
    const { shape } = this.graph.parameters.find((parameter) => parameter.name === weight)!;
    const rows = this.reshape(`${name}/rows`, input, [-1, shape[1]!]);
    const matrix = this.floats(weight, shape, this.values(weight));
    const attributes = { T: float, transpose_a: { boolean: false }, transpose_b: { boolean: true } };
    const product = this.add(`${name}/product`, 'MatMul', [rows, matrix], attributes);
    const biased = this.add(`${name}/biased`, 'AddV2', [product, this.vector(bias)], { T: float });
    return this.reshape(name, biased, [-1, 1, 1, shape[0]!]);
  }

  private pad(name: string, op: string, input: string, padding: number, value: readonly string[]): string {
    const around = [0, 0, padding, padding, padding, padding, 0, 0];
    const paddings = this.integers(`${name}/paddings`, around, [4, 2]);
    return this.add(`${name}/padded`, op, [input, paddings, ...value], { T: float, Tpaddings: integer });
  }

  private lowest(name: string): string {
    return this.floats(`${name}/lowest`, [], Float32Array.of(-Infinity));
  }

  private split(name: string, input: string, groups: number): string[] {
    const axis = this.integers(`${name}/axis`, [3], []);
    const split = this.add(`${name}/split`, 'Split', [axis, input], { T: float, num_split: { integer: groups } });
    return Array.from({ length: groups }, (_, group) => (group === 0 ? split : `${split}:${group}`));
  }

  private concat(name: string, parts: readonly string[]): string {
    const axis = this.integers(`${name}/concat_axis`, [3], []);
    const attributes = { T: float, Tidx: integer, N: { integer: parts.length } };
    return this.add(name, 'ConcatV2', [...parts, axis], attributes);
  }

  private reshape(name: string, input: string, shape: readonly number[]): string {
    const inputs = [input, this.integers(`${name}/shape`, shape)];
    return this.add(name, 'Reshape', inputs, { T: float, Tshape: integer });
  }

  /** A parameter or buffer of one axis. */
  private vector(name: string): string {
    const values = this.values(name);
    return this.floats(name, [values.length], values);
  }

  private floats(name: string, shape: readonly number[], values: Float32Array): string {
    return this.add(name, 'Const', [], { dtype: float, value: { tensor: { shape, values } } });
  }

  private integers(name: string, values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.add(name, 'Const', [], {
      dtype: integer,
      value: { tensor: { shape, values: Int32Array.from(values) } },
    });
  }

  /** A parameter that several nodes read is added once. */
  private add(
    name: string,
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>>,
  ): string {
    if (!this.added.has(name)) this.nodes.push({ name, op, inputs, attributes });
    this.added.add(name);
    return name;
  }

  private values(name: string): Float32Array {
    return stateValues(this.state, name);
  }
}
