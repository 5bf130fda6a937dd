import { InvalidInputError, type StageConfig } from '@netspace/contracts';
import { bottleneckWidth } from './block-options.js';
import { roundHalfEven } from '@netspace/quantized-linear';

/**
 * Stages whose bottleneck widths are whole groups, as close to the given ones as pycls' `adjust_block_compatibility`
 * makes them.
 *
 * The group width becomes at most the bottleneck width floor(w / b); the bottleneck width is rounded (half to even) to
 * a multiple of the group width, and of 1 / b where b is below 1; the width is then floor(bottleneck width times b).
 *
 * @param stages - Widths and group widths >= 1; b below 1 must be 1 / n with n a whole number.
 * @throws InvalidInputError where no such width is found.
 * @example
 * import { compatibleStages } from '@netspace/model-builder';
 * const [stage] = compatibleStages([{ depth: 1, width: 424, stride: 2, bottleneckRatio: 0.25, groupWidth: 64 }]);
 * stage?.width; // => 416
 */
export function compatibleStages(stages: readonly StageConfig[]): StageConfig[] {
  return stages.map(compatibleStage);
}

function compatibleStage(stage: StageConfig, index: number): StageConfig {
  const { width, bottleneckRatio } = stage;
  const wanted = Math.floor(Math.max(1, width / bottleneckRatio));
  const groupWidth = Math.min(stage.groupWidth, wanted);
  const quantum = leastCommonMultiple(groupWidth, expansionOf(bottleneckRatio, index));
  const bottleneck = Math.max(quantum, roundHalfEven(wanted / quantum) * quantum);
  const compatible = { ...stage, width: Math.floor(bottleneck * bottleneckRatio), groupWidth };
  if (bottleneckWidth(compatible) % groupWidth === 0) return compatible;
  throw new InvalidInputError({
    key: `stages[${index}].bottleneckRatio`,
    problem: `got ${bottleneckRatio}, for which no width near ${width} has a bottleneck of whole groups`,
    expected: 'such as 1, 2, 4',
  });
}

/** 1 / b where b is below 1, otherwise 1. */
function expansionOf(bottleneckRatio: number, index: number): number {
  if (bottleneckRatio >= 1) return 1;
  const expansion = Math.round(1 / bottleneckRatio);
  if (Math.abs(expansion * bottleneckRatio - 1) < 1e-9) return expansion;
  throw new InvalidInputError({
    key: `stages[${index}].bottleneckRatio`,
    problem: `got ${bottleneckRatio}`,
    expected: 'at least 1, or 1 / n with n a whole number',
  });
}

function leastCommonMultiple(first: number, second: number): number {
  return (first / greatestCommonDivisor(first, second)) * second;
}

function greatestCommonDivisor(first: number, second: number): number {
  return second === 0 ? first : greatestCommonDivisor(second, first % second);
}
