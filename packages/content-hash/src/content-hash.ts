import { canonicalJson } from './canonical-json.js';
import { hashOfText } from './hash-text.js';

/**
 * What identifies a plain value: SHA-256 of its canonical JSON, as 64 hexadecimal digits. The order of keys does not count.
 *
 * @throws TypeError where it is not plain JSON.
 * @example
 * import { contentHash } from '@netspace/content-hash';
 * contentHash({ a: 1, b: 2 }) === contentHash({ b: 2, a: 1 }); // => true
 */
export function contentHash(value: unknown): string {
  return hashOfText(canonicalJson(value));
}
