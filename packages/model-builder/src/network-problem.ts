import { unknownName } from '@netspace/config-file';
import type { Architecture, NetworkConfig, StageConfig } from '@netspace/contracts';
import { bottleneckWidth } from './block-options.js';
import { anyWidth, isWidth, maximumBlocks, maximumChannels, maximumSize } from './limits.js';
import { shippedArchitecture } from './shipped-architecture.js';

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
 * @param architecture - The block and stem types that it may name; by default those that netspace ships.
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
 * found?.path; // => ['stages', 0, 'groupWidth']
 * found?.expected; // => 'a divisor of the bottleneck width 24'
 */
export function networkProblem(
  config: NetworkConfig,
  architecture: Architecture = shippedArchitecture,
): NetworkProblem | undefined {
  const { stem, block, squeezeExcitationRatio } = config;
  const { blocks, stems } = architecture;
  if (!Object.hasOwn(stems, stem.type)) return unknownType(['stem', 'type'], stem.type, stems);
  if (!Object.hasOwn(blocks, block)) return unknownType(['block'], block, blocks);
  if (!(squeezeExcitationRatio >= 0 && squeezeExcitationRatio <= 1)) {
    return wrong(['squeezeExcitationRatio'], squeezeExcitationRatio, 'a number from 0 to 1');
  }
  return stagesProblem(config.stages) ?? endsProblem(config);
}

function stagesProblem(stages: readonly StageConfig[]): NetworkProblem | undefined {
  if (stages.length === 0) return { path: ['stages'], problem: 'is empty', expected: 'at least 1 stage' };
  let blocks = 0;
  for (let index = 0; index < stages.length; index++) {
    const stage = stages[index]!;
    blocks += stage.depth;
    const problem =
      stageProblem(stage) ?? (blocks > maximumBlocks ? wrong(['depth'], stage.depth, anyDepth) : undefined);
    if (problem !== undefined) return { ...problem, path: ['stages', index, ...problem.path] };
  }
  return undefined;
}

/** What is wrong before and behind the stages. */
function endsProblem({
  stem,
  headWidth,
  classes,
  imageSize,
  imageChannels,
}: NetworkConfig): NetworkProblem | undefined {
  if (!isWidth(stem.width)) return wrong(['stem', 'width'], stem.width, anyWidth);
  if (!isInteger(headWidth, 0, maximumChannels)) return wrong(['headWidth'], headWidth, `0, or ${anyWidth}`);
  if (!isWidth(classes)) return wrong(['classes'], classes, anyWidth);
  if (!isInteger(imageSize, 1, maximumSize))
    return wrong(['imageSize'], imageSize, `an integer from 1 to ${maximumSize}`);
  if (!isWidth(imageChannels)) return wrong(['imageChannels'], imageChannels, anyWidth);
  return undefined;
}

function stageProblem(stage: StageConfig): NetworkProblem | undefined {
  const { depth, width, stride, bottleneckRatio, groupWidth } = stage;
  if (!isInteger(depth, 1, maximumBlocks)) return wrong(['depth'], depth, anyDepth);
  if (!isWidth(width)) return wrong(['width'], width, anyWidth);
  if (stride !== 1 && stride !== 2) return wrong(['stride'], stride, '1 or 2');
  if (!(bottleneckRatio > 0)) return wrong(['bottleneckRatio'], bottleneckRatio, 'a number above 0');
  if (!isInteger(groupWidth, 1, Infinity)) return wrong(['groupWidth'], groupWidth, 'an integer of at least 1');
  const bottleneck = bottleneckWidth(stage);
  if (!isWidth(bottleneck)) {
    return wrong(['bottleneckRatio'], bottleneckRatio, `one that makes width / b ${anyWidth}`);
  }
  if (bottleneck % groupWidth === 0) return undefined;
  return wrong(['groupWidth'], groupWidth, `a divisor of the bottleneck width ${bottleneck}`);
}

const anyDepth = `an integer of at least 1, with at most ${maximumBlocks} blocks in all stages together`;

function isInteger(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}

function wrong(path: NetworkProblem['path'], value: number, expected: string): NetworkProblem {
  return { path, problem: `got ${value}`, expected };
}

function unknownType(
  path: NetworkProblem['path'],
  name: string,
  known: Readonly<Record<string, unknown>>,
): NetworkProblem {
  return { path, ...unknownName(name, Object.keys(known)) };
}
