import type {
  ActivationShape,
  BufferSpec,
  GraphNode,
  NetworkGraph,
  ParameterRole,
  ParameterSpec,
} from '@netspace/contracts';
import type { Activation, Convolution, LayerBuilder, Pooling } from './layer-builder.js';
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

  /** Adds the images, [channels, size, size]. */
  input(channels: number, size: number): Activation {
    return this.node('input', [], square(channels, size), { op: 'input' });
  }

  /** Puts the layers that follow into a module: `s1.b2`. */
  enter(module: string): void {
    this.prefix = `${module}.`;
  }

  /** The graph so far, returning `output`. */
  graph(output: Activation): NetworkGraph {
    return { nodes: this.nodes, output, parameters: this.parameters, buffers: this.buffers };
  }

  channelsOf(input: Activation): number {
    return this.shapeOf(input).channels;
  }

  conv(layer: string, input: Activation, width: number, convolution: Convolution): Activation {
    const { kernel, stride = 1, groups = 1, bias = false } = convolution;
    const { channels, height } = this.shapeOf(input);
    this.requireWhole(layer, 'input channels of a group', channels / groups);
    this.requireWhole(layer, 'output channels of a group', width / groups);
    const weight = this.parameter(layer, 'weight', [width, channels / groups, kernel, kernel], 'conv_weight');
    const padding = this.padding(layer, kernel);
    const operation = { op: 'conv', kernel, stride, padding, groups, weight } as const;
    const shape = square(width, strided(height, stride));
    if (!bias) return this.node(layer, [input], shape, operation);
    return this.node(layer, [input], shape, { ...operation, bias: this.parameter(layer, 'bias', [width], 'bias') });
  }

  batchNorm(layer: string, input: Activation): Activation {
    const shape = this.shapeOf(input);
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
    return this.node(layer, [input], this.shapeOf(input), { op: 'relu' });
  }

  sigmoid(layer: string, input: Activation): Activation {
    return this.node(layer, [input], this.shapeOf(input), { op: 'sigmoid' });
  }

  add(layer: string, first: Activation, second: Activation): Activation {
    this.requireShape(layer, second, this.shapeOf(first));
    return this.node(layer, [first, second], this.shapeOf(first), { op: 'add' });
  }

  scale(layer: string, input: Activation, factors: Activation): Activation {
    this.requireShape(layer, factors, square(this.channelsOf(input), 1));
    return this.node(layer, [input, factors], this.shapeOf(input), { op: 'scale' });
  }

  globalAveragePool(layer: string, input: Activation): Activation {
    return this.node(layer, [input], square(this.channelsOf(input), 1), { op: 'global_average_pool' });
  }

  maxPool(layer: string, input: Activation, { kernel, stride }: Pooling): Activation {
    const { channels, height } = this.shapeOf(input);
    const shape = square(channels, strided(height, stride));
    return this.node(layer, [input], shape, { op: 'max_pool', kernel, stride, padding: this.padding(layer, kernel) });
  }

  linear(layer: string, input: Activation, width: number): Activation {
    const { channels } = this.shapeOf(input);
    this.requireShape(layer, input, square(channels, 1));
    const weight = this.parameter(layer, 'weight', [width, channels], 'linear_weight');
    const bias = this.parameter(layer, 'bias', [width], 'bias');
    return this.node(layer, [input], square(width, 1), { op: 'linear', weight, bias });
  }

  private shapeOf(input: Activation): ActivationShape {
    return this.nodes[input]!.shape;
  }

  private node(layer: string, inputs: readonly number[], shape: ActivationShape, operation: Operation): Activation {
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

  private padding(layer: string, kernel: number): number {
    const padding = (kernel - 1) / 2;
    this.requireWhole(layer, 'padding (kernel - 1) / 2', padding);
    return padding;
  }

  private requireWhole(layer: string, what: string, value: number): void {
    if (Number.isInteger(value)) return;
    throw new TypeError(`${this.prefix}${layer}: ${what} must be an integer, but got ${value}`);
  }

  private requireShape(layer: string, input: Activation, expected: ActivationShape): void {
    const actual = this.shapeOf(input);
    if (actual.channels === expected.channels && actual.height === expected.height) return;
    throw new TypeError(`${this.prefix}${layer}: input must be [${describe(expected)}], but got [${describe(actual)}]`);
  }
}

function square(channels: number, size: number): ActivationShape {
  return { channels, height: size, width: size };
}

function describe({ channels, height, width }: ActivationShape): string {
  return `${channels}, ${height}, ${width}`;
}
