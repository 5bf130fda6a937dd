/** Sums over one channel of the first `count` images; the arrays are activations' values or gradients. */
import type { Activation } from './tensors.js';

type Layout = Pick<Activation, 'size' | 'pixels'>;

/** The sum of the values. */
export function sumOfChannel(values: Float64Array, { size, pixels }: Layout, channel: number, count: number): number {
  let sum = 0;
  for (let start = channel * pixels; start < count * size; start += size) {
    for (let i = start; i < start + pixels; i++) sum += values[i]!;
  }
  return sum;
}

/** The sum of the squared distances from a centre. */
export function squaresOfChannel(
  values: Float64Array,
  { size, pixels }: Layout,
  channel: number,
  count: number,
  centre: number,
): number {
  let sum = 0;
  for (let start = channel * pixels; start < count * size; start += size) {
    for (let i = start; i < start + pixels; i++) sum += (values[i]! - centre) ** 2;
  }
  return sum;
}

/** The sum of `factors` times the distances of `values` from a centre. */
export function productsOfChannel(
  factors: Float64Array,
  values: Float64Array,
  { size, pixels }: Layout,
  channel: number,
  count: number,
  centre: number,
): number {
  let sum = 0;
  for (let start = channel * pixels; start < count * size; start += size) {
    for (let i = start; i < start + pixels; i++) sum += factors[i]! * (values[i]! - centre);
  }
  return sum;
}
