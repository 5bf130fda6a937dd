import { unknownName } from '@netspace/config-file';
import type { Range } from '@netspace/contracts';
import { checkParameterNames, checkSpace } from './check-space.js';
import { defaultRatio, definitionOf } from './definition-of.js';
import type { DesignSpaceDefinition, ParameterDefinition } from './definition-schema.js';
import { DefinitionProblem, placed } from './definition-problem.js';
import type { DesignSpace, Parameter } from './design-space.js';
import { shippedDefinitions } from './shipped-definitions.js';
import { shippedDistributions } from './shipped-distributions.js';
import type { SpaceOptions } from './space-options.js';

/**
 * Completes a definition with what it extends, and checks it.
 *
 * `parameters` override each other key by key; `shared`, `nondecreasing` and `constraints` add to those of the
 * extended space; every other key replaces the extended space's.
 *
 * @throws DefinitionProblem for the first problem.
 */
export function resolveSpace(definition: DesignSpaceDefinition, options: SpaceOptions = {}): DesignSpace {
  const { distributions = shippedDistributions } = options;
  const { kind, block, stages, parameters = {}, ...complete } = extend(definition, options);
  if (kind === undefined) throw missing(['kind'], 'anynet, regnet, or a space to extend');
  if (block === undefined) throw missing(['block'], 'the name of a block type, or a space to extend');
  if (stages === undefined) throw missing(['stages'], 'an integer of at least 1, or [low, high]');
  checkParameterNames(kind, Object.keys(parameters));
  const kinds = Object.keys(distributions);
  const space: DesignSpace = {
    name: complete.name,
    description: complete.description ?? '',
    kind,
    block,
    squeezeExcitationRatio: complete.squeezeExcitationRatio ?? defaultRatio(block),
    stages: typeof stages === 'number' ? { low: stages, high: stages } : rangeOf(stages),
    strides: complete.strides ?? 2,
    parameters: mapValues(parameters, (parameter, name) =>
      placed(['parameters', name], () => completeParameter(parameter, kinds)),
    ),
    shared: complete.shared ?? [],
    nondecreasing: complete.nondecreasing ?? [],
    constraints: complete.constraints ?? [],
  };
  checkSpace(space, definition, distributions);
  return space;
}

/**
 * The names of the shipped spaces, in the order of the paper.
 *
 * @example
 * import { designSpaceNames } from '@netspace/design-space';
 * designSpaceNames[0]; // => 'AnyNetX-A'
 */
export const designSpaceNames: readonly string[] = shippedDefinitions.map(({ name }) => name);

/**
 * The space of a name: a shipped one, or one that the finder has.
 *
 * @throws DefinitionProblem where there is none.
 */
export function spaceOf(name: string, { finder }: SpaceOptions = {}): DesignSpace {
  const shipped = shippedDefinitions.find((definition) => definition.name === name);
  const space = shipped === undefined ? finder?.find(name) : resolveSpace(shipped);
  if (space !== undefined) return space;
  const { problem, expected } = unknownName(name, [...designSpaceNames, ...(finder?.names ?? [])]);
  throw new DefinitionProblem([], problem, expected);
}

type Complete = Omit<DesignSpaceDefinition, 'extends'>;

function extend({ extends: base, ...own }: DesignSpaceDefinition, options: SpaceOptions): Complete {
  if (base === undefined) return own;
  const space = typeof base === 'string' ? placed(['extends'], () => spaceOf(base, options)) : base;
  return override(definitionOf(space), own);
}

function override(base: Complete, own: Complete): Complete {
  if (own.kind !== undefined && own.kind !== base.kind) {
    throw new DefinitionProblem(['kind'], `got ${own.kind}`, `${base.kind}, the kind of ${base.name}`);
  }
  return {
    ...base,
    description: '',
    ...own,
    parameters: mergeParameters(base.parameters ?? {}, own.parameters ?? {}),
    shared: joined(base.shared, own.shared),
    nondecreasing: joined(base.nondecreasing, own.nondecreasing),
    constraints: joined(base.constraints, own.constraints),
  };
}

type Definitions = Readonly<Record<string, ParameterDefinition>>;

function mergeParameters(base: Definitions, own: Definitions): Record<string, ParameterDefinition> {
  const merged = mapValues(own, (parameter, name) =>
    isDistribution(parameter) && isDistribution(base[name] ?? {}) ? { ...base[name], ...parameter } : parameter,
  );
  return { ...base, ...merged };
}

function isDistribution({ value, equals }: ParameterDefinition): boolean {
  return value === undefined && equals === undefined;
}

function joined(base: readonly string[] = [], own: readonly string[] = []): string[] {
  return [...new Set([...base, ...own])];
}

/** @param kinds - Names of the distributions. */
function completeParameter(definition: ParameterDefinition, kinds: readonly string[]): Parameter {
  const { value, equals, distribution, low, high, quantum } = definition;
  if (Object.keys(definition).length > 1 && !isDistribution(definition)) {
    const keys = Object.keys(definition).join(', ');
    throw new DefinitionProblem([], `got ${keys} together`, 'a distribution, or value, or equals');
  }
  if (value !== undefined) return { value };
  if (equals !== undefined) return { equals };
  if (distribution === undefined) throw missing(['distribution'], kinds.join(', '));
  if (!kinds.includes(distribution)) {
    const { problem, expected } = unknownName(distribution, kinds);
    throw new DefinitionProblem(['distribution'], problem, expected);
  }
  if (low === undefined) throw missing(['low'], 'a number');
  if (high === undefined) throw missing(['high'], 'a number');
  if (quantum === undefined) throw missing(['quantum'], 'a number');
  return { distribution, low, high, quantum };
}

function rangeOf([low, high]: readonly [number, number]): Range {
  if (low <= high) return { low, high };
  throw new DefinitionProblem(['stages', 0], `got ${low}, above the high end`, `at most ${high}`);
}

function missing(path: readonly string[], expected: string): DefinitionProblem {
  return new DefinitionProblem(path, 'missing', expected);
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
