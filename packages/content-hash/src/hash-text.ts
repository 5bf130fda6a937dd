import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Node's own SHA-256 is several times as fast; a bundle for browsers has no import of it. */
const crypto = typeof process === 'undefined' ? undefined : process.getBuiltinModule('node:crypto');

/**
 * The 32 bytes of SHA-256 over a text's UTF-8.
 *
 * @example
 * import { digestOfText } from '@netspace/content-hash';
 * digestOfText('abc')[0]; // => 0xba
 */
export function digestOfText(text: string): Uint8Array {
  return crypto === undefined ? portableDigest(text) : crypto.createHash('sha256').update(text).digest();
}

/** The same anywhere. */
export function portableDigest(text: string): Uint8Array {
  return sha256(utf8ToBytes(text));
}

/**
 * SHA-256 over a text's UTF-8, as 64 hexadecimal digits.
 *
 * @example
 * import { hashOfText } from '@netspace/content-hash';
 * hashOfText('abc').slice(0, 8); // => 'ba7816bf'
 */
export function hashOfText(text: string): string {
  return Array.from(digestOfText(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
