import { concat, conv2d, pad, reverse, slice, split, transpose, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Convolution, Shape4D } from './kernel-set.js';
import { spread } from './windows.js';

/*
 * A grouped convolution and its gradients, all by tfjs' own convolution, group by group. It is the fastest kernel that
 * the wasm and JavaScript backends have: faster by two to ten times than their gradient kernels, or than products of
 * matrices of windows.
 */

export function convolve(x: Tensor4D, filter: Tensor4D, { stride, padding, groups }: Convolution): Tensor4D {
  return byGroup(groups, x, filter, (image, weights) => conv2d(image, weights, stride, padding, 'NHWC', 1, 'floor'));
}

/** dy with zeros between its pixels, convolved with the filter turned by 180 degrees, its inputs as outputs. */
export function inputGradient(
  dy: Tensor4D,
  filter: Tensor4D,
  { xShape, kernel, stride, padding, groups }: Convolution & { xShape: Shape4D },
): Tensor4D {
  const [, height, width] = xShape;
  const margin = kernel - 1 - padding;
  const framed = cut(spread(dy, stride), margin, [height + kernel - 1, width + kernel - 1]);
  return byGroup(groups, framed, reverse(filter, [0, 1]), (image, weights) =>
    conv2d(image, transpose(weights, [0, 1, 3, 2]), 1, 'valid'),
  );
}

/** The images convolved with dy, its pixels `stride` apart: the channels as batch, the batch as channels. */
export function filterGradient(x: Tensor4D, dy: Tensor4D, { kernel, stride, padding, groups }: Convolution): Tensor4D {
  const [, height, width] = dy.shape;
  const covered = (windows: number): number => (windows - 1) * stride + kernel;
  const images = transpose(cut(x, padding, [covered(height), covered(width)]), [3, 1, 2, 0]);
  const gradients = transpose(dy, [1, 2, 0, 3]);
  const parts = groups === 1 ? [gradients] : split<Tensor4D>(gradients, groups, 3);
  const channels = groups === 1 ? [images] : split<Tensor4D>(images, groups, 0);
  const results = channels.map((image, group) => conv2d<Tensor4D>(image, parts[group]!, 1, 'valid', 'NHWC', stride));
  return transpose(groups === 1 ? results[0]! : concat(results, 3), [1, 2, 0, 3]);
}

function byGroup(
  groups: number,
  x: Tensor4D,
  filter: Tensor4D,
  compute: (x: Tensor4D, filter: Tensor4D) => Tensor4D,
): Tensor4D {
  if (groups === 1) return compute(x, filter);
  const filters = split<Tensor4D>(filter, groups, 3);
  return concat(
    split<Tensor4D>(x, groups, 3).map((image, group) => compute(image, filters[group]!)),
    3,
  );
}

/** The part of a size that begins `margin` pixels before the image, with zeros outside it. */
function cut(x: Tensor4D, margin: number, [height, width]: [number, number]): Tensor4D {
  const [n, xHeight, xWidth, channels] = x.shape;
  const around = (size: number, xSize: number): [number, number] => [
    Math.max(0, margin),
    Math.max(0, size - margin - xSize),
  ];
  const framed = pad(x, [[0, 0], around(height, xHeight), around(width, xWidth), [0, 0]]);
  const begin = Math.max(0, -margin);
  return slice(framed, [0, begin, begin, 0], [n, height, width, channels]);
}
