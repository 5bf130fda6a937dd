import { type DesignSpace, isPerStage } from './design-space.js';
import { type Distributions, valueCount } from './distribution.js';
import { shippedDistributions } from './shipped-distributions.js';

/** How many networks a space holds, as settings of its parameters. */
export interface SpaceSize {
  /**
   * `exact`: the count. `at most`: the space has constraints, or a number of stages that its rule must make, whose share
   * has no closed form; the count is without them.
   */
  readonly kind: 'exact' | 'at most';
  /** Settings of the parameters, order constraints included. */
  readonly combinations: bigint;
  /** As the paper's figure 10 counts: n values in order are 1 / n! of all; a rule's d, w_0, w_a and w_m are 64 each. */
  readonly paperEstimate: number;
}

/**
 * The size of a space (paper, figure 10).
 *
 * Sequences that never decrease are counted exactly: k of n values with repetition, (n + k - 1) choose k.
 *
 * @param distributions - The kinds of distributions that it names; the shipped ones by default.
 * @example
 * import { findDesignSpace, sizeOf } from '@netspace/design-space';
 * const size = sizeOf(findDesignSpace('AnyNetX-D'));
 * size.combinations; // => 13821510942720n
 * size.paperEstimate.toPrecision(2); // => '1.3e+13'
 */
export function sizeOf(space: DesignSpace, distributions: Distributions = shippedDistributions): SpaceSize {
  const { kind, stages, constraints } = space;
  const values = Object.entries(space.parameters).map(
    ([name, parameter]) => [name, 'distribution' in parameter ? valueCount(parameter, distributions) : 1] as const,
  );
  let combinations = 0n;
  let paperEstimate = 0;
  const counts = kind === 'anynet' ? range(stages.low, stages.high) : [stages.high];
  for (const stageCount of counts) {
    combinations += values.map(([name, count]) => settings(space, name, count, stageCount)).reduce((a, b) => a * b, 1n);
    paperEstimate += values.map(([name, count]) => estimate(space, name, count, stageCount)).reduce((a, b) => a * b, 1);
  }
  const isExact = kind === 'anynet' && constraints.length === 0;
  return { kind: isExact ? 'exact' : 'at most', combinations, paperEstimate };
}

/** Values that the paper counts for each of a rule's parameters: 64^4 of d, w_0, w_a and w_m. */
const ruleValues = 64;

/** Settings of a parameter of so many values (1 where it is fixed or follows from another) in so many stages. */
function settings(space: DesignSpace, name: string, values: number, stageCount: number): bigint {
  if (values === 1) return 1n;
  if (!isPerStage(space, name)) return BigInt(values);
  if (space.nondecreasing.includes(name)) return binomial(values + stageCount - 1, stageCount);
  return BigInt(values) ** BigInt(stageCount);
}

function estimate(space: DesignSpace, name: string, values: number, stageCount: number): number {
  if (values === 1) return 1;
  if (space.kind === 'regnet') return ['b', 'g'].includes(name) ? values : ruleValues;
  if (!isPerStage(space, name)) return values;
  return values ** stageCount / (space.nondecreasing.includes(name) ? factorial(stageCount) : 1);
}

function binomial(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function range(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}
