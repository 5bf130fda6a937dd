import { createHash } from 'node:crypto';

/** The 32 bytes of SHA-256 over a text's UTF-8, in Node, whose own is several times as fast. */
export function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
