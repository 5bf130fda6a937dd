import type { Architecture, NetworkConfig, NetworkGraph } from '@netspace/contracts';
import { blockOptions } from './block-options.js';
import { checkNetwork } from './check-network.js';
import { GraphBuilder } from './graph-builder.js';
import { head } from './head.js';
import { addBlock, addStem } from './add-block.js';
import { shippedArchitecture } from './shipped-architecture.js';

/**
 * The network that a configuration describes, as primitive operations: stem, stages of blocks, head (paper, figure 3).
 *
 * Layers and parameters have the names of a pycls state dict (`stem.conv`, `s1.b1.f.a_bn.weight`, `head.fc.bias`), so
 * that weights can be exchanged with pycls.
 *
 * @param architecture - The block and stem types that `config` may name; by default those that netspace ships.
 * @throws InvalidInputError naming the first value of `config` that cannot be built, or the block or stem type and the
 * layer that failed.
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
 * graph.nodes[graph.output]?.shape; // => { channels: 10, height: 1, width: 1 }
 * graph.parameters[0]; // => { name: 'stem.conv.weight', shape: [16, 3, 3, 3], role: 'conv_weight' }
 */
export function buildGraph(config: NetworkConfig, architecture: Architecture = shippedArchitecture): NetworkGraph {
  checkNetwork(config, architecture);
  const { stem, stages, headWidth, classes } = config;
  const builder = new GraphBuilder();
  const images = builder.input(config.imageChannels, config.imageSize);
  let x = builder.module('stem', `stem "${stem.type}"`, () => {
    return addStem(builder, architecture.stems[stem.type]!, images, stem.width);
  });
  const block = architecture.blocks[config.block]!;
  stages.forEach((stage, index) => {
    for (let number = 1; number <= stage.depth; number++) {
      const options = blockOptions(config, stage, number === 1 ? stage.stride : 1);
      x = builder.module(`s${index + 1}.b${number}`, `block "${config.block}"`, () => {
        return addBlock(builder, block, x, options);
      });
    }
  });
  return builder.graph(builder.module('head', 'head', () => head(builder, x, headWidth, classes)));
}
