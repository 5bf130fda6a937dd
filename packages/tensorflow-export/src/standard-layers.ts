import {
  InvalidInputError,
  type BatchNormNode,
  type ConvNode,
  type GraphNode,
  type LinearNode,
  type MaxPoolNode,
  type NetworkGraph,
  type NetworkState,
} from '@netspace/contracts';
import { paddingMode } from './padding-mode.js';
import { permute } from './permute.js';
import type { NamedWeight } from './model-files.js';
import { stateValues } from './state-values.js';

/** A layer of Keras and TensorFlow.js, under Keras' names. */
export interface Layer {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers that it reads. */
  readonly inputs: readonly string[];
  readonly weights: readonly NamedWeight[];
}

/** A network as layers, in topological order: from images [batch, height, width, channels] to logits [batch, classes]. */
export interface LayeredNetwork {
  readonly layers: readonly Layer[];
  readonly input: string;
  readonly output: string;
}

/**
 * Writes a network in layers that every Keras and TensorFlow.js has; each bears the name of its layer in the network.
 *
 * They have no convolution in groups. It is the sum over the input channels of a group of what each of them gives to the
 * group's outputs: a depthwise convolution makes these terms, and an average pool adds them up.
 *
 * @throws InvalidInputError where the state lacks a parameter or buffer, or a max-pool pads what may be negative.
 */
export function standardLayers(graph: NetworkGraph, state: NetworkState): LayeredNetwork {
  const builder = new StandardLayersBuilder(graph, state);
  return builder.build();
}

class StandardLayersBuilder {
  private readonly layers: Layer[] = [];
  /** By node, the layer whose output is the node's: [height, width, channels]. */
  private readonly images = new Map<number, string>();
  /** The same for [channels], of nodes with one pixel. */
  private readonly vectors = new Map<number, string>();

  constructor(
    private readonly graph: NetworkGraph,
    private readonly state: NetworkState,
  ) {}

  build(): LayeredNetwork {
    const { nodes, output } = this.graph;
    for (const node of nodes) this.translate(node);
    const { height, width } = nodes[output]!.shape;
    const result = height === 1 && width === 1 ? this.vector(output) : this.image(output);
    return { layers: this.layers, input: this.image(0), output: result };
  }

  /** Adds a node's layers. */
  private translate(node: GraphNode): void {
    const { op, id, inputs } = node;
    if (op === 'global_average_pool') {
      this.vectors.set(id, this.add('GlobalAveragePooling2D', this.nameOf(node), [this.image(inputs[0]!)]));
    } else if (op === 'linear') {
      this.vectors.set(id, this.linear(node));
    } else {
      this.images.set(id, this.imageLayer(node));
    }
  }

  private imageLayer(node: Exclude<GraphNode, { op: 'global_average_pool' | 'linear' }>): string {
    const name = this.nameOf(node);
    const inputs = node.inputs.map((id) => this.image(id));
    switch (node.op) {
      case 'input': {
        const { height, width, channels } = node.shape;
        const shape = [null, height, width, channels];
        return this.add('InputLayer', name, [], { batch_input_shape: shape, dtype: 'float32' });
      }
      case 'conv':
        return this.convolution(name, node);
      case 'batch_norm':
        return this.batchNorm(name, inputs[0]!, node);
      case 'relu':
      case 'sigmoid':
        return this.add('Activation', name, inputs, { activation: node.op });
      case 'add':
        return this.add('Add', name, inputs);
      case 'scale':
        return this.add('Multiply', name, inputs);
      case 'max_pool':
        return this.maxPool(name, node);
    }
  }

  private convolution(name: string, node: ConvNode): string {
    if (node.groups > 1) return this.groupedConvolution(name, node);
    const { kernel, weight, bias, shape, inputs } = node;
    const [input, window] = this.windowOver(name, node);
    const channels = this.channelsOf(inputs[0]!);
    const values = permute(this.values(weight), [shape.channels, channels, kernel, kernel], [2, 3, 1, 0]);
    const config = { ...window, kernel_size: [kernel, kernel], filters: shape.channels, use_bias: bias !== undefined };
    return this.add('Conv2D', name, [input], config, {
      kernel: [[kernel, kernel, channels, shape.channels], values],
      ...(bias === undefined ? {} : { bias: [[shape.channels], this.values(bias)] }),
    });
  }

  /** Terms [height, width, group, input, output], as an image whose columns are a group's inputs; then their sums. */
  private groupedConvolution(name: string, node: ConvNode): string {
    const { groups, shape } = node;
    const [width, outputs] = [this.channelsOf(node.inputs[0]!) / groups, shape.channels / groups];
    if (width === 1) return this.depthwise(name, node, 1, outputs);
    const terms = this.depthwise(`${name}_terms`, node, width, outputs);
    const rows = this.reshape(`${name}_groups`, terms, [shape.height * shape.width * groups, width, outputs]);
    const window = { pool_size: [1, width], strides: [1, width], padding: 'valid' };
    const sums = this.add('AveragePooling2D', `${name}_sums`, [rows], window);
    return this.reshape(name, sums, [shape.height, shape.width, shape.channels]);
  }

  /** Output channel (group, input, output): the term times `width`, of which the mean over the inputs is the sum. */
  private depthwise(name: string, node: ConvNode, width: number, outputs: number): string {
    const { kernel, groups, weight, bias } = node;
    const [input, window] = this.windowOver(name, node);
    const weights = permute(this.values(weight), [groups, outputs, width, kernel * kernel], [3, 0, 2, 1]);
    const config = { ...window, kernel_size: [kernel, kernel], depth_multiplier: outputs };
    return this.add(
      'DepthwiseConv2D',
      name,
      [input],
      { ...config, use_bias: bias !== undefined },
      {
        depthwise_kernel: [[kernel, kernel, groups * width, outputs], weights.map((value) => value * width)],
        ...(bias === undefined
          ? {}
          : { bias: [[groups * width * outputs], repeatRows(this.values(bias), outputs, width)] }),
      },
    );
  }

  private batchNorm(name: string, input: string, node: BatchNormNode): string {
    const { gamma, beta, runningMean, runningVariance, epsilon, momentum } = node;
    const vector = (parameter: string): Weight => [[node.shape.channels], this.values(parameter)];
    // Keras' momentum is the weight of the old statistics.
    return this.add(
      'BatchNormalization',
      name,
      [input],
      { axis: -1, epsilon, momentum: 1 - momentum },
      {
        gamma: vector(gamma),
        beta: vector(beta),
        moving_mean: vector(runningMean),
        moving_variance: vector(runningVariance),
      },
    );
  }

  private maxPool(name: string, node: MaxPoolNode): string {
    const [input, window] = this.windowOver(name, node);
    const isPaddedWithZeros = input !== this.image(node.inputs[0]!);
    const { op } = this.graph.nodes[node.inputs[0]!]!;
    if (isPaddedWithZeros && op !== 'relu' && op !== 'sigmoid') {
      throw new InvalidInputError({
        problem: 'layers pad with zeros, which is no padding for the maximum of what may be negative',
        key: node.layer,
        expected: 'a max-pool after relu or sigmoid, or one without padding',
      });
    }
    return this.add('MaxPooling2D', name, [input], { ...window, pool_size: [node.kernel, node.kernel] });
  }

  private linear(node: LinearNode): string {
    const { weight, bias, shape } = node;
    const channels = this.channelsOf(node.inputs[0]!);
    const values = permute(this.values(weight), [shape.channels, channels, 1, 1], [1, 0, 2, 3]);
    return this.add(
      'Dense',
      this.nameOf(node),
      [this.vector(node.inputs[0]!)],
      { units: shape.channels },
      {
        kernel: [[channels, shape.channels], values],
        bias: [[shape.channels], this.values(bias)],
      },
    );
  }

  /** What a window moves over, and how: padding that the layers do not have is a layer of its own. */
  private windowOver(name: string, node: ConvNode | MaxPoolNode): [input: string, config: Record<string, unknown>] {
    const { stride, padding } = node;
    const { height, width, channels } = this.graph.nodes[node.inputs[0]!]!.shape;
    const input = this.image(node.inputs[0]!);
    const strides = [stride, stride];
    if (paddingMode([1, height, width, channels], node) === 'SAME') return [input, { strides, padding: 'same' }];
    const config = { strides, padding: 'valid' };
    if (padding === 0) return [input, config];
    return [this.add('ZeroPadding2D', `${name}_padded`, [input], { padding: [padding, padding] }), config];
  }

  private image(node: number): string {
    const existing = this.images.get(node);
    if (existing !== undefined) return existing;
    const vector = this.vectors.get(node)!;
    const image = this.reshape(`${vector}_image`, vector, [1, 1, this.channelsOf(node)]);
    this.images.set(node, image);
    return image;
  }

  private vector(node: number): string {
    const existing = this.vectors.get(node);
    if (existing !== undefined) return existing;
    const image = this.images.get(node)!;
    const vector = this.reshape(`${image}_vector`, image, [this.channelsOf(node)]);
    this.vectors.set(node, vector);
    return vector;
  }

  private reshape(name: string, input: string, shape: readonly number[]): string {
    return this.add('Reshape', name, [input], { target_shape: shape });
  }

  private add(
    className: string,
    name: string,
    inputs: readonly string[],
    config: Readonly<Record<string, unknown>> = {},
    weights: Readonly<Record<string, Weight>> = {},
  ): string {
    const named = Object.entries(weights).map(([key, [shape, values]]) => ({ name: `${name}/${key}`, shape, values }));
    this.layers.push({ name, className, config: { ...config, name }, inputs, weights: named });
    return name;
  }

  private nameOf({ id, layer }: GraphNode): string {
    const isUnique = this.graph.nodes.every((other) => other.id === id || other.layer !== layer);
    return isUnique ? layer : `${layer}_${id}`;
  }

  private channelsOf(node: number): number {
    return this.graph.nodes[node]!.shape.channels;
  }

  private values(name: string): Float32Array {
    return stateValues(this.state, name);
  }
}

type Weight = readonly [shape: readonly number[], values: Float32Array];

/** Each row of `length` values `times` times. */
function repeatRows(values: Float32Array, length: number, times: number): Float32Array {
  return Float32Array.from({ length: values.length * times }, (_, index) => {
    const row = Math.floor(index / (length * times));
    return values[row * length + (index % length)]!;
  });
}
