import { DefinitionProblem, placed } from './definition-problem.js';
import type { DesignSpaceDefinition } from './definition-schema.js';
import type { DesignSpace } from './design-space.js';
import { designSpaceNames, resolveSpace, spaceOf } from './resolve-space.js';
import type { SpaceOptions } from './space-options.js';

/** One of a list of spaces: a name, or a definition. */
export type SpaceEntry = string | DesignSpaceDefinition;

/**
 * Completes a list of spaces, whose definitions may extend each other in any order.
 *
 * @throws DefinitionProblem for the first problem; its path starts with the entry's index.
 */
export function resolveSpaceList(entries: readonly SpaceEntry[], options: SpaceOptions): DesignSpace[] {
  const ordered = new Map<number, DesignSpace>();
  for (const index of entries.keys()) resolveEntry(index, { entries, options, spaces: ordered }, []);
  const spaces = [...entries.keys()].map((index) => ordered.get(index)!);
  checkDistinct(spaces, entries);
  return spaces;
}

interface SpaceList {
  readonly entries: readonly SpaceEntry[];
  readonly options: SpaceOptions;
  /** The completed entries, by index. */
  readonly spaces: Map<number, DesignSpace>;
}

/** @param chain - Names of the definitions that wait for this one: each extends the next. */
function resolveEntry(index: number, list: SpaceList, chain: readonly string[]): DesignSpace {
  const known = list.spaces.get(index);
  if (known !== undefined) return known;
  const entry = list.entries[index]!;
  const base = baseOf(index, list, chain);
  const space = placed([index], () =>
    typeof entry === 'string' ? spaceOf(entry, list.options) : resolveSpace({ ...entry, ...base }, optionsOf(list)),
  );
  list.spaces.set(index, space);
  return space;
}

/** What an entry extends, completed, where that is another of the list. */
function baseOf(index: number, list: SpaceList, chain: readonly string[]): { readonly extends?: DesignSpace } {
  const entry = list.entries[index]!;
  if (typeof entry === 'string' || typeof entry.extends !== 'string' || designSpaceNames.includes(entry.extends)) {
    return {};
  }
  const base = list.entries.findIndex((other) => typeof other !== 'string' && other.name === entry.extends);
  if (base === -1) return {};
  const names = [...chain, entry.name];
  if (names.includes(entry.extends)) {
    const circle = [...names.slice(names.indexOf(entry.extends)), entry.extends].join(' extends ');
    const problem = `got ${JSON.stringify(entry.extends)}, a circle: ${circle}`;
    throw new DefinitionProblem([index, 'extends'], problem, 'a space that does not extend this one');
  }
  return { extends: resolveEntry(base, list, names) };
}

/** Options whose messages name the definitions of the list too. */
function optionsOf({ entries, options }: SpaceList): SpaceOptions {
  const names = entries.flatMap((entry) => (typeof entry === 'string' ? [] : [entry.name]));
  const { finder } = options;
  return { ...options, finder: { names: [...names, ...(finder?.names ?? [])], find: (name) => finder?.find(name) } };
}

function checkDistinct(spaces: readonly DesignSpace[], entries: readonly SpaceEntry[]): void {
  const names = spaces.map(({ name }) => name);
  const second = names.findIndex((name, index) => names.indexOf(name) < index);
  if (second === -1) return;
  const path = typeof entries[second] === 'string' ? [second] : [second, 'name'];
  throw new DefinitionProblem(path, `"${names[second]!}" is there twice`, 'distinct names');
}
