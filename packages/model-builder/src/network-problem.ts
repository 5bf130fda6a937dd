import type { NetworkConfig, StageConfig } from '@netspace/contracts';
import { bottleneckWidth } from './block-options.js';
import { blockRegistry } from './block-registry.js';
import { stemRegistry } from './stem-registry.js';

/** A value that a network cannot have, and where it is. */
export interface NetworkProblem {
  readonly path: readonly (string | number)[];
  readonly problem: string;
  readonly expected: string;
}

/** The first thing wrong with a network; undefined where it can be built. */
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
  if (!isInteger(stem.width, 1)) return wrong(['stem', 'width'], stem.width, positive);
  if (!isInteger(config.headWidth, 0)) return wrong(['headWidth'], config.headWidth, 'an integer of at least 0');
  if (!isInteger(config.classes, 1)) return wrong(['classes'], config.classes, positive);
  if (!isInteger(config.imageSize, 1)) return wrong(['imageSize'], config.imageSize, positive);
  if (!isInteger(config.imageChannels, 1)) return wrong(['imageChannels'], config.imageChannels, positive);
  return undefined;
}

function stageProblem(stage: StageConfig): NetworkProblem | undefined {
  const { depth, width, stride, bottleneckRatio, groupWidth } = stage;
  if (!isInteger(depth, 1)) return wrong(['depth'], depth, positive);
  if (!isInteger(width, 1)) return wrong(['width'], width, positive);
  if (stride !== 1 && stride !== 2) return wrong(['stride'], stride, '1 or 2');
  if (!(bottleneckRatio > 0 && bottleneckRatio < Infinity)) {
    return wrong(['bottleneckRatio'], bottleneckRatio, 'a number above 0');
  }
  if (!isInteger(groupWidth, 1)) return wrong(['groupWidth'], groupWidth, positive);
  const bottleneck = bottleneckWidth(stage);
  if (bottleneck === 0 || bottleneck % groupWidth !== 0) {
    return wrong(['groupWidth'], groupWidth, `a divisor of the bottleneck width ${bottleneck}`);
  }
  return undefined;
}

const positive = 'an integer of at least 1';

function isInteger(value: number, low: number): boolean {
  return Number.isInteger(value) && value >= low;
}

function wrong(path: NetworkProblem['path'], value: number, expected: string): NetworkProblem {
  return { path, problem: `got ${value}`, expected };
}

function unknownType(path: NetworkProblem['path'], name: string, names: readonly string[]): NetworkProblem {
  return { path, problem: `got ${JSON.stringify(name)}`, expected: names.join(', ') };
}
