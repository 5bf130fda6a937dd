/** A tensor of a reference file: PyTorch layout, little-endian float32 in base64. */
export interface ReferenceTensor {
  readonly shape: readonly number[];
  readonly data: string;
}

/**
 * The values of a reference tensor, row-major.
 *
 * @throws RangeError where the data does not fill the shape.
 */
export function decodeTensor({ shape, data }: ReferenceTensor): Float32Array {
  const bytes = Buffer.from(data, 'base64');
  const expected = 4 * shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== expected) {
    throw new RangeError(`a tensor of shape [${shape.join(', ')}] has ${bytes.length} bytes, not ${expected}`);
  }
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(4 * index));
}

/** 2-norm of the difference over the 2-norm of the expected values (absolute where those are all zero). */
export function relativeError(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Infinity;
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    const value = expected[i]!;
    difference += (actual[i]! - value) ** 2;
    norm += value ** 2;
  }
  return Math.sqrt(norm > 0 ? difference / norm : difference);
}
