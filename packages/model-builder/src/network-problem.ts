import type { NetworkConfig, StageConfig } from '@netspace/contracts';
import { bottleneckWidth } from './block-options.js';
import { blockRegistry } from './block-registry.js';
import { maximumChannels, maximumSize } from './limits.js';
import { stemRegistry } from './stem-registry.js';

/** A value that a network cannot have, and where it is. */
export interface NetworkProblem {
  /** Keys and indices that lead to it: `['stages', 1, 'groupWidth']`. */
  readonly path: readonly (string | number)[];
  /** What is wrong: `got 3`. */
  readonly problem: string;
  /** What would be valid. */
  readonly expected: string;
}

/**
 * The first thing wrong with a network; undefined where it can be built.
 *
 * @example
 * import { networkProblem } from '@netspace/model-builder';
 * const found = networkProblem({
 *   stem: { type: 'res_stem_cifar', width: 16 },
 *   block: 'x',
 *   stages: [{ depth: 1, width: 24, stride: 2, bottleneckRatio: 1, groupWidth: 16 }],
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 10,
 *   imageSize: 32,
 *   imageChannels: 3,
 * });
 * found.path; // => ['stages', 0, 'groupWidth']
 * found.expected; // => 'a divisor of the bottleneck width 24'
 */
export function networkProblem(config: NetworkConfig): NetworkProblem | undefined {
  const { stem, block, stages, squeezeExcitationRatio } = config;
  if (!stemRegistry.has(stem.type)) return unknownType(['stem', 'type'], stem.type, stemRegistry.names());
  if (!blockRegistry.has(block)) return unknownType(['block'], block, blockRegistry.names());
  if (stages.length === 0) return { path: ['stages'], problem: 'is empty', expected: 'at least 1 stage' };
  for (let index = 0; index < stages.length; index++) {
    const problem = stageProblem(stages[index]!);
    if (problem !== undefined) return { ...problem, path: ['stages', index, ...problem.path] };
  }
  if (!(squeezeExcitationRatio >= 0 && squeezeExcitationRatio <= 1)) {
    return wrong(['squeezeExcitationRatio'], squeezeExcitationRatio, 'a number from 0 to 1');
  }
  return endsProblem(config);
}

/** What is wrong before and behind the stages. */
function endsProblem({
  stem,
  headWidth,
  classes,
  imageSize,
  imageChannels,
}: NetworkConfig): NetworkProblem | undefined {
  if (!isInteger(stem.width, 1, maximumChannels)) return wrong(['stem', 'width'], stem.width, anyWidth);
  if (!isInteger(headWidth, 0, maximumChannels)) return wrong(['headWidth'], headWidth, `0, or ${anyWidth}`);
  if (!isInteger(classes, 1, maximumChannels)) return wrong(['classes'], classes, anyWidth);
  if (!isInteger(imageSize, 1, maximumSize))
    return wrong(['imageSize'], imageSize, `an integer from 1 to ${maximumSize}`);
  if (!isInteger(imageChannels, 1, maximumChannels)) return wrong(['imageChannels'], imageChannels, anyWidth);
  return undefined;
}

function stageProblem(stage: StageConfig): NetworkProblem | undefined {
  const { depth, width, stride, bottleneckRatio, groupWidth } = stage;
  if (!isInteger(depth, 1, Infinity)) return wrong(['depth'], depth, 'an integer of at least 1');
  if (!isInteger(width, 1, maximumChannels)) return wrong(['width'], width, anyWidth);
  if (stride !== 1 && stride !== 2) return wrong(['stride'], stride, '1 or 2');
  if (!(bottleneckRatio > 0)) return wrong(['bottleneckRatio'], bottleneckRatio, 'a number above 0');
  if (!isInteger(groupWidth, 1, Infinity)) return wrong(['groupWidth'], groupWidth, 'an integer of at least 1');
  const bottleneck = bottleneckWidth(stage);
  if (!isInteger(bottleneck, 1, maximumChannels)) {
    return wrong(['bottleneckRatio'], bottleneckRatio, `one that makes width / b ${anyWidth}`);
  }
  if (bottleneck % groupWidth === 0) return undefined;
  return wrong(['groupWidth'], groupWidth, `a divisor of the bottleneck width ${bottleneck}`);
}

const anyWidth = `an integer from 1 to ${maximumChannels}`;

function isInteger(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}

function wrong(path: NetworkProblem['path'], value: number, expected: string): NetworkProblem {
  return { path, problem: `got ${value}`, expected };
}

function unknownType(path: NetworkProblem['path'], name: string, names: readonly string[]): NetworkProblem {
  return { path, problem: `got ${JSON.stringify(name)}`, expected: names.join(', ') };
}
