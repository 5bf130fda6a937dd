import { type DesignSpace, isPerStage } from './design-space.js';

/**
 * The numbers that make one network of a space (paper, figure 10): each drawn parameter counts once, or once for each
 * stage. Fixed parameters and those equal to another count nothing; order and other constraints change nothing.
 *
 * Where the number of stages is drawn it counts once, and the stages are counted of the networks with the most.
 *
 * @example
 * import { degreesOfFreedom, findDesignSpace } from '@netspace/design-space';
 * degreesOfFreedom(findDesignSpace('AnyNetX-A')); // => 16
 * degreesOfFreedom(findDesignSpace('RegNetX')); // => 6
 */
export function degreesOfFreedom(space: DesignSpace): number {
  const { kind, stages, parameters } = space;
  const drawn = Object.keys(parameters).filter((name) => 'distribution' in parameters[name]!);
  const numbers = drawn.map((name): number => (isPerStage(space, name) ? stages.high : 1));
  const stageCount = kind === 'anynet' && stages.low < stages.high ? 1 : 0;
  return numbers.reduce((sum, count) => sum + count, stageCount);
}
