import { type ActivationShape, type GraphNode, InvalidInputError, type NetworkGraph } from '@netspace/contracts';

/**
 * Checks that a graph can run: inputs exist and come before, and shapes fit together.
 *
 * @throws InvalidInputError naming the first layer that does not fit.
 */
export function checkGraph({ nodes, output }: NetworkGraph): void {
  for (const [index, node] of nodes.entries()) {
    const problem = problemOf(node, index, nodes);
    if (problem !== undefined) throw new InvalidInputError({ key: `nodes[${index}] (${node.layer})`, problem });
  }
  if (nodes[output] === undefined) {
    throw new InvalidInputError({ key: 'output', problem: `got ${output}`, expected: 'the id of a node' });
  }
}

function problemOf(node: GraphNode, index: number, nodes: readonly GraphNode[]): string | undefined {
  if (node.id !== index) return `its id is ${node.id}, but its place is ${index}`;
  if ((node.op === 'input') !== (index === 0)) return 'the input must be node 0, and only that';
  const late = node.inputs.find((id) => !(Number.isInteger(id) && id >= 0 && id < index));
  if (late !== undefined) return `it reads node ${late}, which does not come before it`;
  const inputs = node.inputs.map((id) => nodes[id]!.shape);
  const expected = outputShape(node, inputs);
  if (typeof expected === 'string') return expected;
  return sameShape(expected, node.shape) ? undefined : `its shape is ${text(node.shape)}, not ${text(expected)}`;
}

/** The shape that a node must have, or what is wrong with its inputs. */
function outputShape(node: GraphNode, inputs: readonly ActivationShape[]): ActivationShape | string {
  if (node.op === 'input') return node.shape;
  const wanted = node.op === 'add' || node.op === 'scale' ? 2 : 1;
  const [input, other] = inputs;
  if (input === undefined || inputs.length !== wanted) return `it has ${inputs.length} inputs, not ${wanted}`;
  return other === undefined ? unaryShape(node, input) : binaryShape(node, input, other);
}

function unaryShape(node: GraphNode, input: ActivationShape): ActivationShape | string {
  switch (node.op) {
    case 'conv': {
      const { groups, shape } = node;
      if (input.channels % groups === 0 && shape.channels % groups === 0) return windowed(shape.channels, input, node);
      return `${groups} groups do not divide ${input.channels} and ${shape.channels} channels`;
    }
    case 'max_pool':
      return windowed(input.channels, input, node);
    case 'global_average_pool':
      return { channels: input.channels, height: 1, width: 1 };
    case 'linear':
      if (input.height !== 1 || input.width !== 1) return `its input is ${text(input)}, not [channels, 1, 1]`;
      return { channels: node.shape.channels, height: 1, width: 1 };
    default:
      return input;
  }
}

function binaryShape(node: GraphNode, input: ActivationShape, other: ActivationShape): ActivationShape | string {
  if (node.op === 'add') return sameShape(input, other) ? input : `it adds ${text(input)} and ${text(other)}`;
  const factors = { channels: input.channels, height: 1, width: 1 };
  return sameShape(other, factors) ? input : `its factors are ${text(other)}, not ${text(factors)}`;
}

interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

function windowed(channels: number, { height, width }: ActivationShape, window: Window): ActivationShape {
  const { kernel, stride, padding } = window;
  const size = (length: number): number => Math.floor((length + 2 * padding - kernel) / stride) + 1;
  return { channels, height: size(height), width: size(width) };
}

function sameShape(a: ActivationShape, b: ActivationShape): boolean {
  return a.channels === b.channels && a.height === b.height && a.width === b.width;
}

const text = ({ channels, height, width }: ActivationShape): string => `[${channels}, ${height}, ${width}]`;
