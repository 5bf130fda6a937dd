import type { Range } from '@netspace/contracts';
import { checkParameterNames, checkSpace } from './check-space.js';
import type { DesignSpaceDefinition, ParameterDefinition } from './definition-schema.js';
import { DefinitionProblem } from './definition-problem.js';
import type { DesignSpace, Parameter } from './design-space.js';
import { type Distribution, distributions } from './distributions.js';
import { shippedDefinitions } from './shipped-definitions.js';

/**
 * Completes a definition with what it extends, and checks it.
 *
 * `parameters` override each other key by key; `shared`, `nondecreasing` and `constraints` add to those of the
 * extended space; every other key replaces the extended space's.
 *
 * @throws DefinitionProblem for the first problem.
 */
export function resolveSpace(definition: DesignSpaceDefinition): DesignSpace {
  const complete = extend(definition);
  const { name, kind, block, stages } = complete;
  if (kind === undefined) throw missing(['kind'], 'anynet, regnet, or a space to extend');
  if (block === undefined) throw missing(['block'], 'the name of a block type, or a space to extend');
  if (stages === undefined) throw missing(['stages'], 'an integer of at least 1, or [low, high]');
  checkParameterNames(kind, Object.keys(complete.parameters ?? {}));
  const space: DesignSpace = {
    name,
    description: complete.description ?? '',
    ...(complete.extends === undefined ? {} : { extends: complete.extends }),
    kind,
    block,
    squeezeExcitationRatio: complete.squeezeExcitationRatio ?? 0,
    stages: typeof stages === 'number' ? { low: stages, high: stages } : rangeOf(stages),
    strides: complete.strides ?? 2,
    parameters: mapValues(complete.parameters ?? {}, completeParameter),
    shared: complete.shared ?? [],
    nondecreasing: complete.nondecreasing ?? [],
    constraints: complete.constraints ?? [],
  };
  checkSpace(space, definition);
  return space;
}

/** The names of the shipped spaces, in the order of the paper. */
export const designSpaceNames: readonly string[] = shippedDefinitions.map(({ name }) => name);

function extend(own: DesignSpaceDefinition): DesignSpaceDefinition {
  if (own.extends === undefined) return own;
  const found = shippedDefinitions.find(({ name }) => name === own.extends);
  if (found === undefined) {
    throw new DefinitionProblem(['extends'], `got ${JSON.stringify(own.extends)}`, designSpaceNames.join(', '));
  }
  const base = extend(found);
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

function completeParameter(definition: ParameterDefinition, name: string): Parameter {
  const { value, equals, distribution, low, high, quantum } = definition;
  const path = ['parameters', name];
  if (Object.keys(definition).length > 1 && !isDistribution(definition)) {
    const keys = Object.keys(definition).join(', ');
    throw new DefinitionProblem(path, `got ${keys} together`, 'a distribution, or value, or equals');
  }
  if (value !== undefined) return { value };
  if (equals !== undefined) return { equals };
  if (distribution === undefined) throw missing([...path, 'distribution'], Object.keys(distributions).join(', '));
  const bounds = { low, high, quantum };
  for (const [key, bound] of Object.entries(bounds)) {
    if (bound === undefined) throw missing([...path, key], 'a number');
  }
  return { distribution, ...(bounds as Omit<Distribution, 'distribution'>) };
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
