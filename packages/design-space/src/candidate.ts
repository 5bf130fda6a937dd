import type { Random, StageConfig } from '@netspace/contracts';
import { expand } from '@netspace/quantized-linear';
import { type DesignSpace, isPerStage, resolvedParameter, strideOf } from './design-space.js';
import { type Distributions, samplerOf } from './distribution.js';
import { parameterDomains } from './parameter-domains.js';

/** What a drawn network is, before its widths are made compatible with its group widths. */
export interface Candidate {
  /** Depth, width, bottleneck ratio and group width of each stage. */
  readonly stages: Readonly<Record<'d' | 'w' | 'b' | 'g', readonly number[]>>;
  /** A RegNet's depth, w_0, w_a and w_m. */
  readonly rule: Readonly<Record<string, number>>;
}

/** Draws a candidate; undefined where a rule made another number of stages than the space has. */
export type CandidateSampler = (random: Random) => Candidate | undefined;

/** The function that draws candidates of a space; order constraints hold already. */
export function candidateSampler(space: DesignSpace, distributions: Distributions): CandidateSampler {
  return space.kind === 'anynet' ? anynetSampler(space, distributions) : regnetSampler(space, distributions);
}

/** The parameters by name: `w[1]`, `b[2]` of the stages, counted from 1; `b`, `w_0`, `stages` of the whole network. */
export function parametersOf(space: DesignSpace, { stages, rule }: Candidate): Record<string, number> {
  const parameters: Record<string, number> = { ...rule };
  if (space.kind === 'anynet' && space.stages.low < space.stages.high) parameters.stages = stages.d.length;
  for (const [name, values] of Object.entries(stages)) {
    if (isPerStage(space, name)) values.forEach((value, stage) => (parameters[`${name}[${stage + 1}]`] = value));
    else if (name in space.parameters) parameters[name] = values[0]!;
  }
  return parameters;
}

/** The stages of a candidate, before they are made compatible. */
export function stagesOf(space: DesignSpace, { stages: { d, w, b, g } }: Candidate): StageConfig[] {
  return d.map((depth, stage) => ({
    depth,
    width: w[stage]!,
    stride: strideOf(space, stage),
    bottleneckRatio: b[stage]!,
    groupWidth: g[stage]!,
  }));
}

/** A list for each parameter, one number for each stage. */
function anynetSampler(space: DesignSpace, distributions: Distributions): CandidateSampler {
  const { low, high } = space.stages;
  const samplers = drawnNames(space).map((name) => [name, listSampler(space, name, distributions)] as const);
  const ties = tiesOf(space);
  return (random) => {
    const count = low < high ? random.integer(low, high) : low;
    const stages: Record<string, readonly number[]> = {};
    for (const [name, sampler] of samplers) stages[name] = sampler(random, count);
    for (const [name, target] of ties) stages[name] = stages[target]!;
    return { stages: stages as Candidate['stages'], rule: {} };
  };
}

/** The rule's parameters; widths and depths follow by equations 2 to 4. */
function regnetSampler(space: DesignSpace, distributions: Distributions): CandidateSampler {
  const samplers = drawnNames(space).map((name) => [name, numberSampler(space, name, distributions)] as const);
  const ties = tiesOf(space);
  return (random) => {
    const drawn: Record<string, number> = {};
    for (const [name, sampler] of samplers) drawn[name] = sampler(random);
    for (const [name, target] of ties) drawn[name] = drawn[target]!;
    return regnetCandidate(space, drawn);
  };
}

type RegnetParameter = 'depth' | 'w_0' | 'w_a' | 'w_m' | 'b' | 'g';

/** Undefined, as in pycls' sampler, where the rule skips a stage or has more or fewer than the space. */
export function regnetCandidate(
  { stages }: DesignSpace,
  { b, g, ...rule }: Record<RegnetParameter, number>,
): Candidate | undefined {
  const { widths, depths, totalStages } = expand({
    initialWidth: rule.w_0,
    slope: rule.w_a,
    widthMultiplier: rule.w_m,
    depth: rule.depth,
  });
  const count = widths.length;
  if (count !== totalStages || count < stages.low || count > stages.high) return undefined;
  const repeated = (value: number): number[] => new Array<number>(count).fill(value);
  return { stages: { d: depths, w: widths, b: repeated(b), g: repeated(g) }, rule };
}

/** The parameters that are drawn or fixed, in the order of the kind. */
export function drawnNames({ kind, parameters }: DesignSpace): string[] {
  return Object.keys(parameterDomains[kind]).filter((name) => !('equals' in parameters[name]!));
}

/** The parameters that equal another, each with that one's name. */
export function tiesOf({ parameters }: DesignSpace): (readonly [string, string])[] {
  return Object.entries(parameters).flatMap(([name, parameter]) =>
    'equals' in parameter ? [[name, parameter.equals] as const] : [],
  );
}

function listSampler(
  space: DesignSpace,
  name: string,
  distributions: Distributions,
): (random: Random, count: number) => number[] {
  const sampler = numberSampler(space, name, distributions);
  if (!isPerStage(space, name)) return (random, count) => new Array<number>(count).fill(sampler(random));
  if (space.nondecreasing.includes(name)) return (random, count) => nondecreasing(sampler, random, count);
  return (random, count) => Array.from({ length: count }, () => sampler(random));
}

/**
 * Independent numbers, given that they never decrease: drawn anew until they do not. (Sorted draws would have another
 * distribution: they hold ties too rarely.)
 */
function nondecreasing(sampler: (random: Random) => number, random: Random, count: number): number[] {
  const values: number[] = [];
  while (values.length < count) {
    const value = sampler(random);
    if (values.length > 0 && value < values[values.length - 1]!) values.length = 0;
    else values.push(value);
  }
  return values;
}

function numberSampler(space: DesignSpace, name: string, distributions: Distributions): (random: Random) => number {
  const parameter = resolvedParameter(space, name);
  return 'value' in parameter ? () => parameter.value : samplerOf(parameter, distributions);
}
