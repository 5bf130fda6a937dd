/** Allocates a network's arrays when it is compiled, and counts their bytes. */
export class Memory {
  bytes = 0;

  /** Zeros in double precision. */
  doubles(length: number): Float64Array {
    this.bytes += length * Float64Array.BYTES_PER_ELEMENT;
    return new Float64Array(length);
  }

  /** Zeros for indices. */
  integers(length: number): Int32Array {
    this.bytes += length * Int32Array.BYTES_PER_ELEMENT;
    return new Int32Array(length);
  }
}
