import { type Candidate, drawnNames, regnetCandidate, tiesOf } from './candidate.js';
import { type DesignSpace, isPerStage, resolvedParameter } from './design-space.js';
import type { Distributions } from './distribution.js';
import { listValues } from './list-values.js';

/**
 * Every candidate of a space, each setting of its parameters once; undefined among them as of a `CandidateSampler`.
 * Undefined at all where the values of a parameter cannot be listed.
 */
export function everyCandidate(
  space: DesignSpace,
  distributions: Distributions,
): Iterable<Candidate | undefined> | undefined {
  const values: Record<string, readonly number[]> = {};
  for (const name of drawnNames(space)) {
    const parameter = resolvedParameter(space, name);
    const list = 'value' in parameter ? [parameter.value] : listValues(parameter, distributions);
    if (list === undefined) return undefined;
    values[name] = list;
  }
  return space.kind === 'anynet' ? everyAnynet(space, values) : everyRegnet(space, values);
}

type Values = Readonly<Record<string, readonly number[]>>;

function* everyAnynet(space: DesignSpace, values: Values): Generator<Candidate> {
  const { low, high } = space.stages;
  for (let count = low; count <= high; count++) {
    const lists = Object.entries(values).map(([name, list]) => [name, listsOf(space, name, list, count)] as const);
    for (const stages of products(Object.fromEntries(lists))) {
      for (const [name, target] of tiesOf(space)) stages[name] = stages[target]!;
      yield { stages: stages as unknown as Candidate['stages'], rule: {} };
    }
  }
}

function* everyRegnet(space: DesignSpace, values: Values): Generator<Candidate | undefined> {
  for (const drawn of products(values)) {
    for (const [name, target] of tiesOf(space)) drawn[name] = drawn[target]!;
    yield regnetCandidate(space, drawn);
  }
}

/** The lists that a parameter of so many stages can be. */
function listsOf(space: DesignSpace, name: string, values: readonly number[], count: number): number[][] {
  if (!isPerStage(space, name)) return values.map((value) => new Array<number>(count).fill(value));
  return [...sequences(values, count, space.nondecreasing.includes(name))];
}

function* sequences(values: readonly number[], length: number, nondecreasing: boolean): Generator<number[]> {
  if (length === 0) {
    yield [];
    return;
  }
  for (const [place, value] of values.entries()) {
    const others = sequences(nondecreasing ? values.slice(place) : values, length - 1, nondecreasing);
    for (const rest of others) yield [value, ...rest];
  }
}

/** Every choice of one option for each name. */
function* products<T>(options: Readonly<Record<string, readonly T[]>>): Generator<Record<string, T>> {
  const [first, ...others] = Object.entries(options);
  if (first === undefined) {
    yield {};
    return;
  }
  const [name, values] = first;
  for (const value of values) {
    for (const rest of products(Object.fromEntries(others))) yield { [name]: value, ...rest };
  }
}
