import type { GraphNode } from '@netspace/contracts';

/** A tensor that a node reads, and the shape it must have. */
export interface NodeTensor {
  readonly kind: 'parameter' | 'buffer';
  readonly name: string;
  readonly shape: readonly number[];
}

/** The parameters and buffers of a node, in PyTorch layout. */
export function tensorsOf(node: GraphNode, nodes: readonly GraphNode[]): NodeTensor[] {
  const { channels } = node.shape;
  switch (node.op) {
    case 'conv': {
      const inputChannels = nodes[node.inputs[0]!]!.shape.channels;
      const weight = parameter(node.weight, [channels, inputChannels / node.groups, node.kernel, node.kernel]);
      return node.bias === undefined ? [weight] : [weight, parameter(node.bias, [channels])];
    }
    case 'batch_norm':
      return [
        parameter(node.gamma, [channels]),
        parameter(node.beta, [channels]),
        { kind: 'buffer', name: node.runningMean, shape: [channels] },
        { kind: 'buffer', name: node.runningVariance, shape: [channels] },
      ];
    case 'linear':
      return [
        parameter(node.weight, [channels, nodes[node.inputs[0]!]!.shape.channels]),
        parameter(node.bias, [channels]),
      ];
    default:
      return [];
  }
}

function parameter(name: string, shape: readonly number[]): NodeTensor {
  return { kind: 'parameter', name, shape };
}
