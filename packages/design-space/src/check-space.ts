import { InvalidInputError } from '@netspace/contracts';
import { compileConstraint } from './constraint.js';
import { exampleScope } from './constraint-scope.js';
import type { DesignSpaceDefinition } from './definition-schema.js';
import { DefinitionProblem } from './definition-problem.js';
import { type DesignSpace, resolvedParameter, type SpaceKind } from './design-space.js';
import { boundsProblem, type Distribution } from './distributions.js';
import { type ParameterDomain, parameterDomains } from './parameter-domains.js';
import { isMultiple } from './quantize.js';

/**
 * Checks what the form of a definition cannot tell: that its names exist and its numbers fit together.
 *
 * @param space - The complete space.
 * @param definition - Where it was written, for the places of problems.
 * @throws DefinitionProblem for the first problem.
 */
export function checkSpace(space: DesignSpace, definition: DesignSpaceDefinition): void {
  for (const name of Object.keys(space.parameters)) checkParameter(space, name);
  checkStageLists(space, definition);
  checkStrides(space);
  checkConstraints(space, definition);
}

/** @throws DefinitionProblem where the names are not just those of the kind's parameters. */
export function checkParameterNames(kind: SpaceKind, given: readonly string[]): void {
  const names = Object.keys(parameterDomains[kind]);
  for (const name of given) {
    if (!names.includes(name)) throw new DefinitionProblem(['parameters', name], 'unknown parameter', names.join(', '));
  }
  const missing = names.find((name) => !given.includes(name));
  if (missing === undefined) return;
  const { meaning } = parameterDomains[kind][missing]!;
  throw new DefinitionProblem(['parameters', missing], 'missing', `the ${meaning}`);
}

function checkParameter(space: DesignSpace, name: string): void {
  const parameter = space.parameters[name]!;
  if ('equals' in parameter) checkTarget(space, name, parameter.equals);
  if ('distribution' in parameter) checkBounds(parameter, name);
  for (const [key, number] of numbersOf(resolvedParameter(space, name))) {
    const expected = violation(parameterDomains[space.kind][name]!, key, number);
    if (expected === undefined) continue;
    const [place, problem] =
      'equals' in parameter ? ['equals', `got ${parameter.equals}, whose ${key} is ${number}`] : [key, `got ${number}`];
    throw new DefinitionProblem(['parameters', name, place], problem, expected);
  }
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
  throw new DefinitionProblem(
    ['parameters', name, 'equals'],
    `got ${JSON.stringify(target)}`,
    valid.join(', ') || 'no other',
  );
}

function checkBounds(distribution: Distribution, name: string): void {
  const found = boundsProblem(distribution);
  if (found !== undefined) throw new DefinitionProblem(['parameters', name, found.key], found.problem, found.expected);
}

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
