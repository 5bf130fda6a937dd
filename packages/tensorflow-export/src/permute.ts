/**
 * Reorders the axes of a row-major array of four: axis i of the result is axis `order[i]` of the input.
 *
 * @param shape - Of the input.
 *
 * @example
 * import { permute } from '@netspace/tensorflow-export';
 *
 * // A convolution weight [out, in, kernel, kernel] as TensorFlow has it: [kernel, kernel, in, out].
 * const weight = [1, 2, 3, 4, 5, 6, 7, 8];
 * permute(weight, [2, 1, 2, 2], [2, 3, 1, 0]); // => Float32Array.of(1, 5, 2, 6, 3, 7, 4, 8)
 */
export function permute(
  data: ArrayLike<number>,
  shape: readonly number[],
  order: readonly number[],
): Float32Array<ArrayBuffer> {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const [a, b, c, d] = order.map((axis) => shape[axis]!) as [number, number, number, number];
  const [sa, sb, sc, sd] = order.map((axis) => strides[axis]!) as [number, number, number, number];
  const result = new Float32Array(a * b * c * d);
  let position = 0;
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      for (let k = 0; k < c; k++) {
        let source = i * sa + j * sb + k * sc;
        for (let l = 0; l < d; l++, source += sd) result[position++] = data[source]!;
      }
    }
  }
  return result;
}

/**
 * [n, channels, height, width] to [n, height, width, channels]; `shape` is the former.
 *
 * @example
 * import { toChannelsLast } from '@netspace/tensorflow-export';
 *
 * // Two channels of one row of three pixels.
 * toChannelsLast([1, 2, 3, 10, 20, 30], [1, 2, 1, 3]); // => Float32Array.of(1, 10, 2, 20, 3, 30)
 */
export function toChannelsLast(data: ArrayLike<number>, shape: readonly number[]): Float32Array<ArrayBuffer> {
  return permute(data, shape, [0, 2, 3, 1]);
}

/**
 * [n, height, width, channels] to [n, channels, height, width]; `shape` is the former.
 *
 * @example
 * import { toChannelsFirst } from '@netspace/tensorflow-export';
 *
 * toChannelsFirst([1, 10, 2, 20, 3, 30], [1, 1, 3, 2]); // => Float32Array.of(1, 2, 3, 10, 20, 30)
 */
export function toChannelsFirst(data: ArrayLike<number>, shape: readonly number[]): Float32Array<ArrayBuffer> {
  return permute(data, shape, [0, 3, 1, 2]);
}
