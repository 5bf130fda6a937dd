import { endianness } from 'node:os';

/** The bytes of integers, the lowest first, whatever the machine's own order. */
export function littleEndian(values: Uint16Array | Uint32Array): Uint8Array {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  if (endianness() === 'LE') return bytes;
  return values.BYTES_PER_ELEMENT === 2 ? Buffer.from(bytes).swap16() : Buffer.from(bytes).swap32();
}
