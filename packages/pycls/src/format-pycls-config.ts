import { InvalidInputError, type NetworkConfig } from '@netspace/contracts';
import { bottleneckWidth } from '@netspace/model-builder';
import { pyclsBlocks } from './block-names.js';

/**
 * A network as a pycls configuration (YAML, `MODEL.TYPE: anynet`) that pycls builds and trains; the sections about
 * data and optimisation are the reader's to add. Block r is written as `res_bottleneck_block` with one group.
 *
 * @throws InvalidInputError where pycls has no such network: blocks v, vr and your own, own stems, grey images.
 * @example
 * import { formatPyclsConfig, parsePyclsConfig } from '@netspace/pycls';
 * const network = {
 *   stem: { type: 'res_stem_cifar', width: 16 },
 *   block: 'x',
 *   stages: [{ depth: 2, width: 64, stride: 2, bottleneckRatio: 4, groupWidth: 8 }],
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 10,
 *   imageSize: 32,
 *   imageChannels: 3,
 * };
 * parsePyclsConfig(formatPyclsConfig(network), 'network.yaml'); // => network
 */
export function formatPyclsConfig(network: NetworkConfig): string {
  checkPyclsHas(network);
  const { stem, block, stages } = network;
  const ratio = squeezes.has(block) ? network.squeezeExcitationRatio : 0;
  const list = (values: readonly number[]): string => `[${values.join(', ')}]`;
  const groupWidths = stages.map((stage) => (block === 'r' ? bottleneckWidth(stage) : stage.groupWidth));
  return `MODEL:
  TYPE: anynet
  NUM_CLASSES: ${network.classes}
ANYNET:
  STEM_TYPE: ${stem.type}
  STEM_W: ${stem.width}
  BLOCK_TYPE: ${pyclsBlocks[block]!}
  DEPTHS: ${list(stages.map(({ depth }) => depth))}
  WIDTHS: ${list(stages.map(({ width }) => width))}
  STRIDES: ${list(stages.map(({ stride }) => stride))}
  BOT_MULS: ${list(stages.map(({ bottleneckRatio }) => 1 / bottleneckRatio))}
  GROUP_WS: ${list(groupWidths)}
  HEAD_W: ${network.headWidth}
  SE_ON: ${ratio > 0}
  SE_R: ${asFloat(ratio)}
TRAIN:
  IM_SIZE: ${network.imageSize}
`;
}

/** Blocks that use squeeze-excitation. */
const squeezes: ReadonlySet<string> = new Set(['y', 'res_bottleneck_linear']);

/** pycls takes a number for a floating-point key only with a decimal point. */
function asFloat(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function checkPyclsHas({ block, stem, imageChannels }: NetworkConfig): void {
  const blocks = Object.keys(pyclsBlocks);
  if (!blocks.includes(block)) fail('block', block, blocks.join(', '));
  if (!pyclsStems.includes(stem.type)) fail('stem.type', stem.type, pyclsStems.join(', '));
  if (imageChannels !== 3) fail('imageChannels', imageChannels, '3');
}

const pyclsStems = ['res_stem_cifar', 'simple_stem_in', 'res_stem_in'];

function fail(key: string, value: string | number, expected: string): never {
  throw new InvalidInputError({ key, problem: `pycls has no ${JSON.stringify(value)}`, expected });
}
