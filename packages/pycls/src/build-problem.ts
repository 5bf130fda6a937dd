import type { NetworkConfig } from '@netspace/contracts';
import { networkProblem, type NetworkProblem } from '@netspace/model-builder';
import type { Sections } from './sections.js';

type NetworkType = Sections['MODEL']['TYPE'];

/** What cannot be built of the network that a configuration describes, under the configuration's own keys. */
export function buildProblem(network: NetworkConfig, type: NetworkType): NetworkProblem | undefined {
  const found = networkProblem(network);
  if (found === undefined) return undefined;
  const problem = found.path.at(-1) === 'bottleneckRatio' ? `as b = 1 / multiplier: ${found.problem}` : found.problem;
  return { ...found, problem, path: pyclsPath(found.path, type) };
}

function pyclsPath(path: NetworkProblem['path'], type: NetworkType): NetworkProblem['path'] {
  const name = path.filter((part) => typeof part === 'string').join('.');
  const stage = path.filter((part) => typeof part === 'number');
  const outside = outsideKeys[name];
  if (outside !== undefined) return outside;
  return type === 'anynet' ? ['ANYNET', anynetKeys[name]!, ...stage] : ['REGNET', regnetKeys[name]!];
}

const outsideKeys: Readonly<Record<string, readonly string[]>> = {
  classes: ['MODEL', 'NUM_CLASSES'],
  imageSize: ['TRAIN', 'IM_SIZE'],
};

const networkKeys = {
  'stem.type': 'STEM_TYPE',
  'stem.width': 'STEM_W',
  block: 'BLOCK_TYPE',
  squeezeExcitationRatio: 'SE_R',
  headWidth: 'HEAD_W',
};

const anynetKeys: Readonly<Record<string, string>> = {
  ...networkKeys,
  'stages.depth': 'DEPTHS',
  'stages.width': 'WIDTHS',
  'stages.stride': 'STRIDES',
  'stages.bottleneckRatio': 'BOT_MULS',
  'stages.groupWidth': 'GROUP_WS',
};

const regnetKeys: Readonly<Record<string, string>> = {
  ...networkKeys,
  'stages.depth': 'DEPTH',
  'stages.width': 'W0',
  'stages.stride': 'STRIDE',
  'stages.bottleneckRatio': 'BOT_MUL',
  'stages.groupWidth': 'GROUP_W',
};
