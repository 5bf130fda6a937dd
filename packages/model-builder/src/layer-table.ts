import type { Architecture, GraphNode, NetworkConfig } from '@netspace/contracts';
import { buildGraph } from './build-graph.js';
import { shippedArchitecture } from './shipped-architecture.js';

/** One layer of a network and its cost for one image. */
export interface LayerRow {
  /** Its name in pycls: `s1.b2.f.a_bn`. */
  readonly layer: string;
  readonly operation: GraphNode['op'];
  /** Output shape: channels, height, width. */
  readonly shape: readonly [channels: number, height: number, width: number];
  readonly flops: number;
  readonly params: number;
  readonly acts: number;
}

/**
 * A network's layers in the order they run, each with its output shape and its cost; the costs add up to
 * `complexityOf`.
 *
 * @param architecture - The block and stem types that `config` may name; by default those that netspace ships.
 * @throws InvalidInputError naming the first value of `config` that cannot be built, or the block or stem type and the
 * layer that failed.
 * @example
 * import { layerTable } from '@netspace/model-builder';
 * const [conv] = layerTable({
 *   stem: { type: 'res_stem_cifar', width: 16 },
 *   block: 'v',
 *   stages: [{ depth: 1, width: 16, stride: 2, bottleneckRatio: 1, groupWidth: 1 }],
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 10,
 *   imageSize: 32,
 *   imageChannels: 3,
 * });
 * conv?.layer; // => 'stem.conv'
 * conv?.flops; // => 3 * 3 * 3 * 16 * 32 * 32
 */
export function layerTable(config: NetworkConfig, architecture: Architecture = shippedArchitecture): LayerRow[] {
  const graph = buildGraph(config, architecture);
  const sizes = new Map(graph.parameters.map(({ name, shape }) => [name, product(shape)]));
  return graph.nodes.filter(({ op }) => op !== 'input').map((node) => layerRow(node, sizes));
}

/** @param sizes - Elements of each parameter. */
function layerRow(node: GraphNode, sizes: ReadonlyMap<string, number>): LayerRow {
  const { channels, height, width } = node.shape;
  const params = parametersOf(node).reduce((sum, name) => sum + sizes.get(name)!, 0);
  const multiplies = node.op === 'conv' || node.op === 'linear';
  return {
    layer: node.layer,
    operation: node.op,
    shape: [channels, height, width],
    // Every weight and bias is used once at each position of the output.
    flops: multiplies ? params * height * width : 0,
    params,
    acts: multiplies || node.op === 'max_pool' ? channels * height * width : 0,
  };
}

function parametersOf(node: GraphNode): string[] {
  switch (node.op) {
    case 'conv':
      return node.bias === undefined ? [node.weight] : [node.weight, node.bias];
    case 'linear':
      return [node.weight, node.bias];
    case 'batch_norm':
      return [node.gamma, node.beta];
    default:
      return [];
  }
}

function product(factors: readonly number[]): number {
  return factors.reduce((result, factor) => result * factor, 1);
}
