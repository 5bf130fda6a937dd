import type { DesignSpace, SampledNetwork } from '@netspace/contracts';
import { compileConstraint } from './constraint.js';
import { exampleScope, scopeOf } from './constraint-scope.js';
import type { Candidate } from './candidate.js';
import { isPerStage, resolvedParameter } from './design-space.js';
import { isMultiple } from './quantize.js';

/** Whether a network could have been drawn from a space, by the parameters that it was drawn with. */
export type NetworkTest = (network: SampledNetwork) => boolean;

/**
 * The test whether networks of other spaces are of a space, too: their block and number of stages, the range of every
 * parameter, what is shared, tied or ordered, and the constraints. A network that was drawn by the quantised-linear rule is in
 * no `anynet` space, and the other way round: they have other parameters.
 *
 * @param space - A complete, checked definition.
 * @example
 * import { findDesignSpace, includesNetwork, samplePopulation } from '@netspace/design-space';
 * const regime = { flops: { low: 360e6, high: 400e6 } };
 * const { networks } = await samplePopulation({ space: findDesignSpace('AnyNetX-E'), regime, count: 3, seed: 7 });
 * networks.every(includesNetwork(findDesignSpace('AnyNetX-D'))); // => true
 * networks.some(includesNetwork(findDesignSpace('RegNetX'))); // => false
 */
export function includesNetwork(space: DesignSpace): NetworkTest {
  const constraints = space.constraints.map((text) => compileConstraint(text, exampleScope(space)));
  return (network) => {
    const { config, complexity } = network;
    const count = config.stages.length;
    if (config.block !== space.block || count < space.stages.low || count > space.stages.high) return false;
    const lists = listsOf(space, network);
    if (lists === undefined) return false;
    const scope = space.kind === 'anynet' ? { stages: lists, rule: {} } : ruleScope(network);
    return constraints.every((constraint) => constraint.holds(scopeOf(scope, complexity)));
  };
}

type Lists = Readonly<Record<string, readonly number[]>>;

/** The values of each parameter, one of each stage or of the network; undefined where one is not the space's. */
function listsOf(space: DesignSpace, { config, parameters }: SampledNetwork): Lists | undefined {
  const count = config.stages.length;
  const lists: Record<string, readonly number[]> = {};
  for (const name of Object.keys(space.parameters)) {
    const values = Array.from(
      { length: space.kind === 'anynet' ? count : 1 },
      (_, stage) => parameters[`${name}[${stage + 1}]`] ?? parameters[name],
    );
    if (!values.every((value) => value !== undefined && isValue(space, name, value))) return undefined;
    lists[name] = values as number[];
    if (!isPerStage(space, name) && new Set(values).size > 1) return undefined;
    if (space.nondecreasing.includes(name) && !isNondecreasing(lists[name])) return undefined;
  }
  return tiesHold(space, lists) ? lists : undefined;
}

function isValue(space: DesignSpace, name: string, value: number): boolean {
  const parameter = resolvedParameter(space, name);
  if ('value' in parameter) return value === parameter.value;
  return value >= parameter.low && value <= parameter.high && isMultiple(value, parameter.quantum);
}

function isNondecreasing(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value >= values[index - 1]!);
}

function tiesHold(space: DesignSpace, lists: Lists): boolean {
  return Object.entries(space.parameters).every(
    ([name, parameter]) =>
      !('equals' in parameter) || lists[name]!.every((value, stage) => value === lists[parameter.equals]![stage]),
  );
}

/** A RegNet's: the stages that its rule made, and the rule. */
function ruleScope({ config: { stages }, parameters }: SampledNetwork): Candidate {
  const { depth = 0, w_0 = 0, w_a = 0, w_m = 0 } = parameters;
  return {
    stages: {
      d: stages.map((stage) => stage.depth),
      w: stages.map(({ width }) => width),
      b: stages.map(({ bottleneckRatio }) => bottleneckRatio),
      g: stages.map(({ groupWidth }) => groupWidth),
    },
    rule: { depth, w_0, w_a, w_m },
  };
}
