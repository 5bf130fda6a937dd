import { InvalidInputError, type NetworkConfig, type StageConfig } from '@netspace/contracts';
import type { AnyNet } from './any-net.js';
import { blockNames } from './block-names.js';

/**
 * The configuration of a network in pycls' AnyNet form. `res_bottleneck_block` with squeeze-excitation becomes block y.
 * Bottleneck and group widths that the block has no use for become 1.
 *
 * @param imageSize - Height and width of the images in pixels, pycls' 224 by default; they have three channels.
 * @throws InvalidInputError where the block type is unknown.
 * @example
 * import { networkConfigOfAnyNet } from '@netspace/pycls';
 * const network = networkConfigOfAnyNet(
 *   {
 *     stem_type: 'res_stem_cifar',
 *     stem_w: 16,
 *     block_type: 'res_bottleneck_block',
 *     depths: [2],
 *     widths: [64],
 *     strides: [2],
 *     bot_muls: [0.25],
 *     group_ws: [8],
 *     head_w: 0,
 *     se_r: 0.25,
 *     num_classes: 10,
 *   },
 *   32,
 * );
 * network.block; // => 'y'
 * network.stages[0].bottleneckRatio; // => 4
 */
export function networkConfigOfAnyNet(net: AnyNet, imageSize = 224): NetworkConfig {
  const type = blockNames[net.block_type];
  if (type === undefined) {
    const problem = `unknown block type "${net.block_type}"`;
    throw new InvalidInputError({ key: 'block_type', problem, expected: Object.keys(blockNames).join(', ') });
  }
  const squeezed = net.se_r > 0 ? type.squeezed : undefined;
  return {
    stem: { type: net.stem_type, width: net.stem_w },
    block: squeezed ?? type.block,
    stages: net.depths.map((_, stage) => stageOf(net, stage, type.hasBottleneck)),
    squeezeExcitationRatio: squeezed === undefined ? 0 : net.se_r,
    headWidth: net.head_w,
    classes: net.num_classes,
    imageSize,
    imageChannels: 3,
  };
}

function stageOf(net: AnyNet, stage: number, hasBottleneck: boolean): StageConfig {
  return {
    depth: net.depths[stage]!,
    width: net.widths[stage]!,
    stride: net.strides[stage]!,
    bottleneckRatio: hasBottleneck ? 1 / net.bot_muls[stage]! : 1,
    groupWidth: hasBottleneck ? net.group_ws[stage]! : 1,
  };
}
