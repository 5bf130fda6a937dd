/*
 * Writing of protocol buffers: a message is its fields one after the other, each a tag and a value
 * (https://protobuf.dev/programming-guides/encoding).
 */

/** Bytes of a field or message. */
export type Bytes = Uint8Array;

/** A whole number, >= 0, or -1 (as a 64-bit two's complement). */
export function integerField(number: number, value: number): Bytes {
  return join([varint(BigInt(number) << 3n), varint(BigInt.asUintN(64, BigInt(value)))]);
}

export function floatField(number: number, value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return join([varint((BigInt(number) << 3n) | 5n), bytes]);
}

/** Text, bytes or a message. */
export function field(number: number, value: Bytes | string): Bytes {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return join([varint((BigInt(number) << 3n) | 2n), varint(BigInt(bytes.length)), bytes]);
}

/** An entry of a map from text to messages. */
export function entryField(number: number, key: string, value: Bytes): Bytes {
  return field(number, join([field(1, key), field(2, value)]));
}

/** Fields one after the other. */
export function join(parts: readonly Bytes[]): Bytes {
  return Buffer.concat(parts);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: bigint): Bytes {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return Uint8Array.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}
