/** A leaf of a JSON value: a scalar, or a list or map without items. */
type Leaf = readonly [path: string, text: string];

/**
 * What differs between two plain JSON values, leaf by leaf: `regime.flops.low: 600000 then, 1000000 now`.
 *
 * @example
 * import { differences } from '@netspace/run-store';
 * differences({ seed: 1, spaces: ['A'] }, { seed: 2, spaces: ['A'] }); // => ['seed: 1 then, 2 now']
 */
export function differences(then: unknown, now: unknown): string[] {
  const [before, after] = [new Map(leavesOf(then)), new Map(leavesOf(now))];
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${path}: ${shown(before.get(path))} then, ${shown(after.get(path))} now`);
}

function leavesOf(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return value === undefined ? [] : [[path, JSON.stringify(value)]];
  }
  const pathTo = (key: string): string => {
    if (Array.isArray(value)) return `${path}[${key}]`;
    return path === '' ? key : `${path}.${key}`;
  };
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, pathTo(key)));
}

/** Long texts, as hashes, by their beginning. */
function shown(text: string | undefined): string {
  if (text === undefined) return 'absent';
  return text.length <= 40 ? text : `${text.slice(0, 16)}…`;
}
