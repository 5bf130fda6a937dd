import { suggestion, unknownName } from '@netspace/config-file';
import { InvalidInputError } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { compileConstraint } from './constraint.js';
import { exampleScope } from './constraint-scope.js';
import type { DesignSpaceDefinition } from './definition-schema.js';
import { DefinitionProblem, placed } from './definition-problem.js';
import { type DesignSpace, resolvedParameter, type SpaceKind } from './design-space.js';
import { boundsProblem, type Distribution, type Distributions, samplerOf, valueCount } from './distribution.js';
import { type ParameterDomain, parameterDomains } from './parameter-domains.js';
import { isMultiple } from './quantize.js';

/**
 * Checks what the form of a definition cannot tell: that its names exist and its numbers fit together.
 *
 * @param space - The complete space.
 * @param definition - Where it was written, for the places of problems.
 * @param distributions - The kinds of distributions that it names.
 * @throws DefinitionProblem for the first problem.
 */
export function checkSpace(space: DesignSpace, definition: DesignSpaceDefinition, distributions: Distributions): void {
  for (const name of Object.keys(space.parameters)) {
    placed(['parameters', name], () => checkParameter(space, name, distributions));
  }
  checkStageLists(space, definition);
  checkStrides(space);
  checkConstraints(space, definition);
}

/** @throws DefinitionProblem where the names are not just those of the kind's parameters. */
export function checkParameterNames(kind: SpaceKind, given: readonly string[]): void {
  const names = Object.keys(parameterDomains[kind]);
  for (const name of given) {
    if (names.includes(name)) continue;
    const meant = suggestion(name, names);
    const hint = meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`;
    throw new DefinitionProblem(['parameters', name], `unknown parameter${hint}`, names.join(', '));
  }
  const missing = names.find((name) => !given.includes(name));
  if (missing === undefined) return;
  const { meaning } = parameterDomains[kind][missing]!;
  throw new DefinitionProblem(['parameters', missing], 'missing', `the ${meaning}`);
}

function checkParameter(space: DesignSpace, name: string, distributions: Distributions): void {
  const parameter = space.parameters[name]!;
  const domain = parameterDomains[space.kind][name]!;
  if ('equals' in parameter) checkTarget(space, name, parameter.equals);
  if ('distribution' in parameter) checkBounds(parameter, distributions);
  for (const [key, number] of numbersOf(resolvedParameter(space, name))) {
    const expected = violation(domain, key, number);
    if (expected === undefined) continue;
    if (!('equals' in parameter)) throw new DefinitionProblem([key], `got ${number}`, expected);
    throw new DefinitionProblem(['equals'], `got ${parameter.equals}, whose ${key} is ${number}`, expected);
  }
  if ('distribution' in parameter) checkValues(parameter, domain, distributions);
}

function numbersOf(parameter: Distribution | { readonly value: number }): [key: string, number: number][] {
  if ('value' in parameter) return [['value', parameter.value]];
  return (['low', 'high', 'quantum'] as const).map((key) => [key, parameter[key]]);
}

function checkTarget({ parameters, shared }: DesignSpace, name: string, target: string): void {
  const targets = Object.keys(parameters).filter((other) => other !== name && !('equals' in parameters[other]!));
  const isShared = (other: string): boolean => shared.includes(other);
  const valid = targets.filter((other) => isShared(name) === isShared(other));
  if (valid.includes(target)) return;
  const problem = target in parameters ? `got ${JSON.stringify(target)}` : unknownName(target, valid).problem;
  throw new DefinitionProblem(['equals'], problem, valid.join(', ') || 'no other');
}

function checkBounds(distribution: Distribution, distributions: Distributions): void {
  const found = boundsProblem(distribution, distributions);
  if (found !== undefined) throw new DefinitionProblem([found.key], found.problem, found.expected);
}

/** Counts and draws a few values: a distribution that comes from outside may not do what it says. */
function checkValues(distribution: Distribution, domain: ParameterDomain, distributions: Distributions): void {
  const { distribution: kind, low, high } = distribution;
  const count = valueCount(distribution, distributions);
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new DefinitionProblem(['distribution'], `${kind} counts ${count} values`, 'an integer of at least 1');
  }
  const sampler = samplerOf(distribution, distributions);
  const random = openRandom(0, 'check values', kind);
  for (let i = 0; i < checkedDraws; i++) {
    const value = sampler(random);
    const expected =
      value >= low && value <= high ? violation(domain, 'value', value) : `a number from ${low} to ${high}`;
    if (expected !== undefined) throw new DefinitionProblem(['distribution'], `${kind} drew ${value}`, expected);
  }
}

const checkedDraws = 20;

/** What a number of a parameter should be where its domain does not allow it. */
function violation({ low, exclusive, multipleOf }: ParameterDomain, key: string, number: number): string | undefined {
  if (multipleOf !== undefined && !isMultiple(number, multipleOf)) return `a multiple of ${multipleOf}`;
  if (key === 'quantum') return undefined;
  if (exclusive === true) return number > low ? undefined : `a number above ${low}`;
  return number >= low ? undefined : `a number of at least ${low}`;
}

function checkStageLists({ kind, shared, nondecreasing }: DesignSpace, definition: DesignSpaceDefinition): void {
  const names = kind === 'anynet' ? Object.keys(parameterDomains.anynet) : [];
  const own = names.filter((name) => !shared.includes(name));
  const valid = (list: readonly string[]): string => list.join(', ') || 'nothing: its stages follow from the rule';
  for (const [key, list, allowed] of [
    ['shared', shared, names],
    ['nondecreasing', nondecreasing, own],
  ] as const) {
    const wrong = list.find((name) => !allowed.includes(name));
    if (wrong === undefined) continue;
    const reason = shared.includes(wrong) && key === 'nondecreasing' ? ', the same in all stages' : '';
    const problem = `got ${JSON.stringify(wrong)}${reason}`;
    throw new DefinitionProblem(placeOf(key, wrong, definition), problem, valid(allowed));
  }
}

function checkStrides({ strides, stages }: DesignSpace): void {
  if (typeof strides === 'number' || strides.length === stages.high) return;
  throw new DefinitionProblem(['strides'], `got ${strides.length} strides`, `one for each of ${stages.high} stages`);
}

function checkConstraints(space: DesignSpace, definition: DesignSpaceDefinition): void {
  const scope = exampleScope(space);
  for (const text of space.constraints) {
    try {
      compileConstraint(text, scope);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      const { problem, expected = '' } = error.input;
      throw new DefinitionProblem(placeOf('constraints', text, definition), problem, expected);
    }
  }
}

/** The path of a list's item where the definition has it, of the list where it was inherited. */
function placeOf(
  key: 'shared' | 'nondecreasing' | 'constraints',
  item: string,
  definition: DesignSpaceDefinition,
): (string | number)[] {
  const index = definition[key]?.indexOf(item) ?? -1;
  return index < 0 ? [key] : [key, index];
}
