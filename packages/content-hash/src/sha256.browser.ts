import { sha256 as digest } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** The 32 bytes of SHA-256 over a text's UTF-8, in a browser. */
export function sha256(text: string): Uint8Array {
  return digest(utf8ToBytes(text));
}
