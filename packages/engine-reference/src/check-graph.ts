import { type GraphNode, InvalidInputError, type NetworkGraph } from '@netspace/contracts';
import { describeShape, outputShape, sameShape } from './output-shape.js';
import { tensorsOf } from './tensors-of.js';

/**
 * Checks that a graph can run: inputs come before the nodes that read them, shapes fit together, every tensor is there.
 *
 * @throws InvalidInputError naming the first node that does not fit.
 */
export function checkGraph(graph: NetworkGraph): void {
  for (const [index, node] of graph.nodes.entries()) {
    const problem = orderProblem(node, index) ?? shapeProblem(node, graph.nodes) ?? tensorProblem(node, graph);
    if (problem !== undefined) throw new InvalidInputError({ key: `graph.nodes[${index}] (${node.layer})`, problem });
  }
  if (graph.nodes[graph.output] === undefined) {
    throw new InvalidInputError({ key: 'graph.output', problem: `got ${graph.output}`, expected: 'the id of a node' });
  }
}

function orderProblem(node: GraphNode, index: number): string | undefined {
  if (node.id !== index) return `its id is ${node.id}, but its place is ${index}`;
  if ((node.op === 'input') !== (index === 0)) return 'the input must be node 0, and only that';
  const late = node.inputs.find((id) => !(Number.isInteger(id) && id >= 0 && id < index));
  return late === undefined ? undefined : `it reads node ${late}, which does not come before it`;
}

function shapeProblem(node: GraphNode, nodes: readonly GraphNode[]): string | undefined {
  const inputs = node.inputs.map((id) => nodes[id]!.shape);
  const expected = outputShape(node, inputs);
  if (typeof expected === 'string') return expected;
  if (sameShape(expected, node.shape)) return undefined;
  return `its shape is ${describeShape(node.shape)}, not ${describeShape(expected)}`;
}

function tensorProblem(node: GraphNode, { nodes, parameters, buffers }: NetworkGraph): string | undefined {
  for (const { kind, name, shape } of tensorsOf(node, nodes)) {
    const tensors: readonly { readonly name: string; readonly shape: readonly number[] }[] =
      kind === 'parameter' ? parameters : buffers;
    const found = tensors.find((tensor) => tensor.name === name);
    if (found === undefined) return `there is no ${kind} ${name}`;
    if (found.shape.join() !== shape.join()) return `${name} is [${found.shape.join(', ')}], not [${shape.join(', ')}]`;
  }
  return undefined;
}
