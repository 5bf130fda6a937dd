/**
 * A plain value as JSON in one form: keys in the order of their UTF-16 code units, no spaces; keys whose value is undefined
 * are left out, as in JSON.
 *
 * @param value - Null, booleans, finite numbers, strings, lists and plain objects.
 * @throws TypeError where it holds anything else, or a number that is not finite: JSON would lose it.
 * @example
 * import { canonicalJson } from '@netspace/content-hash';
 * canonicalJson({ b: [1, null], a: 'x' }); // => '{"a":"x","b":[1,null]}'
 */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value);
  return ordered === undefined ? assembled(value) : JSON.stringify(ordered);
}

/**
 * The value with its keys in order, which the engine's own JSON then writes: quicker than to put the text together. Undefined
 * where an object cannot have them in order.
 *
 * @throws TypeError where it is not plain JSON.
 */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return listInOrder(value);
  if (!isPlainObject(value)) return checkedScalar(value);
  const ordered: Record<string, unknown> = {};
  for (const key of sortedKeys(value)) {
    const inner = value[key];
    if (inner === undefined) continue;
    const own = isMovable(key) ? undefined : inOrder(inner);
    if (own === undefined) return undefined;
    ordered[key] = own;
  }
  return ordered;
}

/** The list itself where it holds neither lists nor objects. */
function listInOrder(list: readonly unknown[]): unknown {
  const ordered: unknown[] = [];
  let isOther = false;
  for (const item of list) {
    const own = inOrder(item);
    if (own === undefined) return undefined;
    isOther ||= own !== item;
    ordered.push(own);
  }
  return isOther ? ordered : list;
}

/** Of strings, keys are in the order of their UTF-16 code units where they are sorted. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  for (let i = 1; i < keys.length; i++) if (keys[i]! < keys[i - 1]!) return keys.sort();
  return keys;
}

/** Whether an object would put a key before others, whenever it came, or take it for its prototype. */
function isMovable(key: string): boolean {
  return (key.length <= 10 && /^\d+$/.test(key)) || key === '__proto__';
}

/** The text of a value that is plain JSON, whatever its keys. */
function assembled(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(assembled).join(',')}]`;
  if (!isPlainObject(value)) return JSON.stringify(checkedScalar(value));
  const keys = sortedKeys(value).filter((key) => value[key] !== undefined);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${assembled(value[key])}`).join(',')}}`;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Object.prototype of any realm: it has no prototype itself.
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function checkedScalar(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`canonicalJson: a ${typeof value} that is not plain JSON`);
}
