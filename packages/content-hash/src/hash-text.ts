import { sha256 } from '#sha256';

/**
 * The 32 bytes of SHA-256 over a text's UTF-8.
 *
 * @example
 * import { digestOfText } from '@netspace/content-hash';
 * digestOfText('abc')[0]; // => 0xba
 */
export function digestOfText(text: string): Uint8Array {
  return sha256(text);
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
