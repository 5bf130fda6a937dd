/** A value that differs: its place, and what stood and stands there; undefined where nothing does. */
export interface Change {
  /** `recipe.learningRate.base`, `spaces[2]`. */
  readonly key: string;
  readonly before: unknown;
  readonly now: unknown;
}

type Path = readonly (string | number)[];

/**
 * What differs between two maps or lists, leaf by leaf, in the order of the first and then of the second; nothing exactly
 * where both are the same JSON. Inside them a list or map without items is a leaf too.
 *
 * @param key - What the values are called; nothing by default.
 * @example
 * import { changesBetween } from '@netspace/content-hash';
 * changesBetween({ epochs: 3 }, { epochs: 4 }, 'recipe'); // => [{ key: 'recipe.epochs', before: 3, now: 4 }]
 */
export function changesBetween(before: unknown, now: unknown, key?: string): Change[] {
  const root = key === undefined ? [] : [key];
  const [old, current] = [new Map(leavesOf(before, root)), new Map(leavesOf(now, root))];
  return [...new Set([...old.keys(), ...current.keys()])]
    .filter((path) => JSON.stringify(old.get(path)) !== JSON.stringify(current.get(path)))
    .map((path) => ({ key: formatPath(path), before: old.get(path), now: current.get(path) }));
}

/** The leaves by their paths, as JSON: an index of a list is told from a key of a map. */
function leavesOf(value: unknown, path: Path): [path: string, leaf: unknown][] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return path.length === 0 ? [] : [[JSON.stringify(path), value]];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

function formatPath(path: string): string {
  const parts = JSON.parse(path) as Path;
  return parts
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`))
    .join('');
}
