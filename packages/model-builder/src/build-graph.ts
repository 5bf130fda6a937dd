import type { NetworkConfig, NetworkGraph } from '@netspace/contracts';
import { blockOptions } from './block-options.js';
import { blockRegistry } from './block-registry.js';
import { checkNetwork } from './check-network.js';
import { GraphBuilder } from './graph-builder.js';
import { head } from './head.js';
import { stemRegistry } from './stem-registry.js';

/**
 * The network that a configuration describes, as primitive operations: stem, stages of blocks, head (paper, figure 3).
 *
 * Layers and parameters have the names of a pycls state dict (`stem.conv`, `s1.b1.f.a_bn.weight`, `head.fc.bias`), so
 * that weights can be exchanged with pycls.
 *
 * @throws InvalidInputError naming the first value of `config` that cannot be built.
 * @example
 * import { buildGraph } from '@netspace/model-builder';
 * const graph = buildGraph({
 *   stem: { type: 'res_stem_cifar', width: 16 },
 *   block: 'x',
 *   stages: [{ depth: 2, width: 32, stride: 2, bottleneckRatio: 1, groupWidth: 8 }],
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 10,
 *   imageSize: 32,
 *   imageChannels: 3,
 * });
 * graph.nodes[graph.output].shape; // => { channels: 10, height: 1, width: 1 }
 * graph.parameters[0]; // => { name: 'stem.conv.weight', shape: [16, 3, 3, 3], role: 'conv_weight' }
 */
export function buildGraph(config: NetworkConfig): NetworkGraph {
  checkNetwork(config);
  const builder = new GraphBuilder();
  const block = blockRegistry.get(config.block);
  let x = builder.input(config.imageChannels, config.imageSize);
  builder.enter('stem');
  x = stemRegistry.get(config.stem.type)(builder, x, config.stem.width);
  config.stages.forEach((stage, index) => {
    for (let number = 1; number <= stage.depth; number++) {
      builder.enter(`s${index + 1}.b${number}`);
      x = block(builder, x, blockOptions(config, stage, number === 1 ? stage.stride : 1));
    }
  });
  builder.enter('head');
  return builder.graph(head(builder, x, config.headWidth, config.classes));
}
