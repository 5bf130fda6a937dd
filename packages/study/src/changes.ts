import { isMap } from './setting-layers.js';

/** A value that differs: its place, and what stood and stands there; undefined where nothing does. */
export interface Change {
  /** `recipe.learningRate.base`. */
  readonly key: string;
  readonly before: unknown;
  readonly now: unknown;
}

/**
 * What differs between two plain values, leaf by leaf, in the order of the first and then of the second.
 *
 * @param key - What the values are called; empty for none.
 * @example
 * import { changesBetween } from '@netspace/study';
 * changesBetween('recipe', { epochs: 3 }, { epochs: 4 }); // => [{ key: 'recipe.epochs', before: 3, now: 4 }]
 */
export function changesBetween(key: string, before: unknown, now: unknown): Change[] {
  const [old, current] = [leavesOf(key, before), leavesOf(key, now)];
  return [...new Set([...old.keys(), ...current.keys()])]
    .filter((leaf) => JSON.stringify(old.get(leaf)) !== JSON.stringify(current.get(leaf)))
    .map((leaf) => ({ key: leaf, before: old.get(leaf), now: current.get(leaf) }));
}

/**
 * Lists of plain values are leaves: what moved inside them is told best by both of them. Of a list with maps each item
 * counts, which is called by its name where it has one: `evaluator.command[train.py].sha256`.
 */
function leavesOf(key: string, value: unknown): Map<string, unknown> {
  if (value === undefined) return new Map();
  if (typeof value !== 'object' || value === null) return new Map([[key, value]]);
  if (Array.isArray(value)) return value.some(isMap) ? leavesOfItems(key, value) : new Map([[key, value]]);
  const prefix = key === '' ? '' : `${key}.`;
  return new Map(Object.entries(value).flatMap(([inner, leaf]) => [...leavesOf(`${prefix}${inner}`, leaf)]));
}

function leavesOfItems(key: string, items: readonly unknown[]): Map<string, unknown> {
  const labelOf = (item: unknown, index: number): unknown => (isMap(item) ? (item.name ?? index) : index);
  return new Map(items.flatMap((item, index) => [...leavesOf(`${key}[${String(labelOf(item, index))}]`, item)]));
}
