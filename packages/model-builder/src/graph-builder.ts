import type {
  Activation,
  ActivationShape,
  BufferSpec,
  Convolution,
  GraphNode,
  LayerBuilder,
  NetworkGraph,
  ParameterRole,
  ParameterSpec,
  Pooling,
} from '@netspace/contracts';
import { anyWidth, isWidth } from './limits.js';
import { layerError, requireGroups, shapeText } from './layer-problems.js';
import { placedError } from './placed-error.js';
import { strided } from './strided.js';

/** As PyTorch's and pycls' defaults. */
const epsilon = 1e-5;
const momentum = 0.1;

/** A graph node without what every node has: its id, inputs, shape and layer. */
type Operation = GraphNode extends infer Node
  ? Node extends GraphNode
    ? Omit<Node, 'id' | 'inputs' | 'shape' | 'layer'>
    : never
  : never;

/** Makes a {@link NetworkGraph} of the operations; an activation is the id of its node. */
export class GraphBuilder implements LayerBuilder {
  private readonly nodes: GraphNode[] = [];
  private readonly parameters: ParameterSpec[] = [];
  private readonly buffers: BufferSpec[] = [];
  private prefix = '';
  /** The layers of the module that is being built. */
  private layers = new Set<string>();

  /** Adds the images, [channels, size, size]. */
  input(channels: number, size: number): Activation {
    return this.node('input', [], square(channels, size), { op: 'input' });
  }

  /**
   * Builds one module, whose name its layers have before theirs.
   *
   * @param name - `s1.b2`.
   * @param title - What it is, for messages: `block "x"`.
   * @throws InvalidInputError naming module and layer, whatever is thrown inside.
   */
  module(name: string, title: string, build: () => Activation): Activation {
    this.prefix = `${name}.`;
    this.layers = new Set();
    try {
      return build();
    } catch (error) {
      throw placedError(error, title, name);
    }
  }

  /** The graph so far, returning `output`. */
  graph(output: Activation): NetworkGraph {
    return { nodes: this.nodes, output, parameters: this.parameters, buffers: this.buffers };
  }

  channelsOf(input: Activation): number {
    return this.shapeOf(undefined, input).channels;
  }

  /** Height and width of an activation. */
  sizeOf(input: Activation): number {
    return this.shapeOf(undefined, input).height;
  }

  /** @throws InvalidInputError where an activation has not this shape; any size is right where none is given. */
  requireOutput(output: Activation, channels: number, size?: number): void {
    const actual = this.shapeOf(undefined, output);
    if (actual.channels === channels && actual.height === (size ?? actual.height)) return;
    throw layerError(undefined, `returns ${describe(actual)}`, shapeText(channels, size ?? actual.height));
  }

  conv(layer: string, input: Activation, width: number, convolution: Convolution): Activation {
    const { kernel, stride = 1, groups = 1, bias = false } = convolution;
    const { channels, height } = this.shapeOf(layer, input);
    if (groups !== 1) requireGroups(layer, channels, width, groups);
    const weight = this.parameter(layer, 'weight', [width, channels / groups, kernel, kernel], 'conv_weight');
    const padding = this.padding(layer, kernel, stride);
    const operation = { op: 'conv', kernel, stride, padding, groups, weight } as const;
    const shape = square(width, strided(height, stride));
    if (!bias) return this.node(layer, [input], shape, operation);
    return this.node(layer, [input], shape, { ...operation, bias: this.parameter(layer, 'bias', [width], 'bias') });
  }

  batchNorm(layer: string, input: Activation): Activation {
    const shape = this.shapeOf(layer, input);
    return this.node(layer, [input], shape, {
      op: 'batch_norm',
      epsilon,
      momentum,
      gamma: this.parameter(layer, 'weight', [shape.channels], 'batch_norm_gamma'),
      beta: this.parameter(layer, 'bias', [shape.channels], 'batch_norm_beta'),
      runningMean: this.buffer(layer, 'running_mean', [shape.channels], 'running_mean'),
      runningVariance: this.buffer(layer, 'running_var', [shape.channels], 'running_variance'),
    });
  }

  relu(layer: string, input: Activation): Activation {
    return this.node(layer, [input], this.shapeOf(layer, input), { op: 'relu' });
  }

  sigmoid(layer: string, input: Activation): Activation {
    return this.node(layer, [input], this.shapeOf(layer, input), { op: 'sigmoid' });
  }

  add(layer: string, first: Activation, second: Activation): Activation {
    const shape = this.shapeOf(layer, first);
    const other = this.shapeOf(layer, second);
    if (!same(shape, other)) throw layerError(layer, `got ${describe(other)} to add`, describe(shape));
    return this.node(layer, [first, second], shape, { op: 'add' });
  }

  scale(layer: string, input: Activation, factors: Activation): Activation {
    const shape = this.shapeOf(layer, input);
    const expected = square(shape.channels, 1);
    const actual = this.shapeOf(layer, factors);
    if (!same(actual, expected)) {
      throw layerError(layer, `got factors ${describe(actual)} for ${describe(shape)}`, describe(expected));
    }
    return this.node(layer, [input, factors], shape, { op: 'scale' });
  }

  globalAveragePool(layer: string, input: Activation): Activation {
    return this.node(layer, [input], square(this.shapeOf(layer, input).channels, 1), { op: 'global_average_pool' });
  }

  maxPool(layer: string, input: Activation, { kernel, stride }: Pooling): Activation {
    const { channels, height } = this.shapeOf(layer, input);
    const shape = square(channels, strided(height, stride));
    return this.node(layer, [input], shape, {
      op: 'max_pool',
      kernel,
      stride,
      padding: this.padding(layer, kernel, stride),
    });
  }

  linear(layer: string, input: Activation, width: number): Activation {
    const shape = this.shapeOf(layer, input);
    const { channels } = shape;
    if (shape.height !== 1) throw layerError(layer, `got ${describe(shape)}`, shapeText(channels, 1));
    const weight = this.parameter(layer, 'weight', [width, channels], 'linear_weight');
    const bias = this.parameter(layer, 'bias', [width], 'bias');
    return this.node(layer, [input], square(width, 1), { op: 'linear', weight, bias });
  }

  /** @throws InvalidInputError where it is no activation of this builder: a block without a return, one of another network. */
  private shapeOf(layer: string | undefined, input: Activation): ActivationShape {
    const node = this.nodes[input];
    if (node === undefined) throw layerError(layer, `got ${String(input)}`, 'an activation of this builder');
    return node.shape;
  }

  private node(layer: string, inputs: readonly number[], shape: ActivationShape, operation: Operation): Activation {
    if (this.layers.has(layer))
      throw layerError(layer, 'there are two layers of this name', 'distinct names in a block');
    this.layers.add(layer);
    if (!isWidth(shape.channels)) throw layerError(layer, `got ${shape.channels} channels`, anyWidth);
    const id = this.nodes.length;
    this.nodes.push({ ...operation, id, inputs, shape, layer: this.prefix + layer });
    return id as Activation;
  }

  private parameter(layer: string, field: string, shape: readonly number[], role: ParameterRole): string {
    const name = `${this.prefix}${layer}.${field}`;
    this.parameters.push({ name, shape, role });
    return name;
  }

  private buffer(layer: string, field: string, shape: readonly number[], role: BufferSpec['role']): string {
    const name = `${this.prefix}${layer}.${field}`;
    this.buffers.push({ name, shape, role });
    return name;
  }

  /** The padding of a window that moves by `stride`. */
  private padding(layer: string, kernel: number, stride: number): number {
    if (!(Number.isInteger(stride) && stride >= 1))
      throw layerError(layer, `got stride ${stride}`, 'an integer of at least 1');
    const padding = (kernel - 1) / 2;
    if (!(Number.isInteger(padding) && padding >= 0)) throw layerError(layer, `got kernel ${kernel}`, 'an odd integer');
    return padding;
  }
}

function square(channels: number, size: number): ActivationShape {
  return { channels, height: size, width: size };
}

function same(first: ActivationShape, second: ActivationShape): boolean {
  return first.channels === second.channels && first.height === second.height;
}

function describe({ channels, height }: ActivationShape): string {
  return shapeText(channels, height);
}
