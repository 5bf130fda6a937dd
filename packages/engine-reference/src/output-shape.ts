import type { ActivationShape, ConvNode, GraphNode, MaxPoolNode } from '@netspace/contracts';

/** The shape that an operation makes of its inputs, or what is wrong with them. */
export function outputShape(node: GraphNode, inputs: readonly ActivationShape[]): ActivationShape | string {
  if (node.op === 'input') return isPositive(node.shape) ? node.shape : `its shape is ${describeShape(node.shape)}`;
  const wanted = node.op === 'add' || node.op === 'scale' ? 2 : 1;
  const [first, second] = inputs;
  if (first === undefined || inputs.length !== wanted) return `it has ${inputs.length} inputs, not ${wanted}`;
  return second === undefined ? shapeOfOne(node, first) : shapeOfTwo(node, first, second);
}

function shapeOfOne(node: GraphNode, input: ActivationShape): ActivationShape | string {
  switch (node.op) {
    case 'conv':
      return groupsProblem(node, input) ?? windowed(node.shape.channels, input, node);
    case 'max_pool':
      if (2 * node.padding > node.kernel) return `its padding ${node.padding} is more than half the kernel`;
      return windowed(input.channels, input, node);
    case 'global_average_pool':
      return vector(input.channels);
    case 'linear':
      if (!sameShape(input, vector(input.channels)))
        return `its input is ${describeShape(input)}, not [channels, 1, 1]`;
      return vector(node.shape.channels);
    case 'batch_norm':
    case 'relu':
    case 'sigmoid':
      return input;
    default:
      return `unknown operation "${node.op}"`;
  }
}

function shapeOfTwo(node: GraphNode, input: ActivationShape, other: ActivationShape): ActivationShape | string {
  if (node.op === 'add') {
    return sameShape(input, other) ? input : `it adds ${describeShape(input)} and ${describeShape(other)}`;
  }
  const factors = vector(input.channels);
  if (sameShape(other, factors)) return input;
  return `its factors are ${describeShape(other)}, not ${describeShape(factors)}`;
}

/** `[channels, height, width]`. */
export function describeShape({ channels, height, width }: ActivationShape): string {
  return `[${channels}, ${height}, ${width}]`;
}

/** Whether two shapes are equal. */
export function sameShape(a: ActivationShape, b: ActivationShape): boolean {
  return a.channels === b.channels && a.height === b.height && a.width === b.width;
}

function vector(channels: number): ActivationShape {
  return { channels, height: 1, width: 1 };
}

function isPositive({ channels, height, width }: ActivationShape): boolean {
  return [channels, height, width].every((length) => Number.isInteger(length) && length >= 1);
}

function groupsProblem({ groups, shape }: ConvNode, input: ActivationShape): string | undefined {
  if (groups >= 1 && input.channels % groups === 0 && shape.channels % groups === 0) return undefined;
  return `${groups} groups do not divide ${input.channels} and ${shape.channels} channels`;
}

/** floor((length + 2 padding - kernel) / stride) + 1 in each direction. */
function windowed(
  channels: number,
  input: ActivationShape,
  { kernel, stride, padding }: ConvNode | MaxPoolNode,
): ActivationShape | string {
  if (!(Number.isInteger(stride) && stride >= 1)) return `its stride is ${stride}`;
  const size = (length: number): number => Math.floor((length + 2 * padding - kernel) / stride) + 1;
  const shape = { channels, height: size(input.height), width: size(input.width) };
  return isPositive(shape)
    ? shape
    : `its kernel ${kernel} with padding ${padding} does not fit ${describeShape(input)}`;
}
