type Path = readonly (string | number)[];

/**
 * What differs between two maps of plain JSON, leaf by leaf, with both values. Long texts, as hashes, are told by their beginning.
 *
 * @example
 * import { differences } from '@netspace/run-store';
 * differences({ flops: { low: 600000 } }, { flops: { low: 1000000 } }); // => ['flops.low: 600000 then, 1000000 now']
 */
export function differences(then: object, now: object): string[] {
  const [before, after] = [leavesOf(then), leavesOf(now)];
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${formatPath(path)}: ${shown(before.get(path))} then, ${shown(after.get(path))} now`);
}

/** The leaves by their paths, both as JSON. A list or map without items is a leaf too. */
function leavesOf(map: object): Map<string, string> {
  return new Map(Object.entries(map).flatMap(([key, inner]) => leaves(inner, [key])));
}

function leaves(value: unknown, path: Path): [path: string, value: string][] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return [[JSON.stringify(path), JSON.stringify(value)]];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function formatPath(path: string): string {
  const [first, ...rest] = JSON.parse(path) as Path;
  return `${first!}${rest.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')}`;
}

function shown(value: string | undefined): string {
  if (value === undefined) return 'absent';
  return value.length <= 40 ? value : `${value.slice(0, 16)}…`;
}
