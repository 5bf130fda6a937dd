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
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isPlainObject(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    return `{${keys
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`)
      .join(',')}}`;
  }
  if (isScalar(value)) return JSON.stringify(value);
  throw new TypeError(`canonicalJson: a ${typeof value} that is not plain JSON`);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Object.prototype of any realm: it has no prototype itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
