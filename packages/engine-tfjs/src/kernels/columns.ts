import {
  concat,
  matMul,
  reshape,
  split,
  transpose,
  type Rank,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Convolution, Shape4D } from './kernel-set.js';
import { imageOfTaps, outputShape, pixelsAtTaps } from './windows.js';

/*
 * A grouped convolution as products of matrices, one for each group. Letters: g groups, m windows of all images,
 * t pixels in a window (taps), c channels that a group reads, o channels that it writes.
 */

/** y [g, m, o] = columns of x [g, m, t c] times filter [g, t c, o] */
export function convolveColumns(x: Tensor4D, filter: Tensor4D, convolution: Convolution): Tensor4D {
  const y = matMul<Tensor3D>(columnsOf(x, convolution), groupFilter(filter, convolution));
  return reshape(exchangeFirstAxes(y), outputShape(x.shape, filter.shape[3], convolution));
}

/** dx = the columns dy filter^T, put back and added where windows overlap. */
export function inputGradientByColumns(
  dy: Tensor4D,
  filter: Tensor4D,
  { xShape, ...convolution }: Convolution & { xShape: Shape4D },
): Tensor4D {
  const columns = matMul<Tensor3D>(splitGroups(dy, convolution.groups), groupFilter(filter, convolution), false, true);
  const [n, height, width] = dy.shape;
  const taps = split(exchangeFirstAxes(columns), convolution.kernel ** 2, 2).map((tap) =>
    reshape<Rank.R4>(tap, [n, height, width, xShape[3]]),
  );
  return imageOfTaps(taps, convolution, xShape);
}

/** dfilter [g, t c, o] = columns of x ^T dy */
export function filterGradientByColumns(x: Tensor4D, dy: Tensor4D, convolution: Convolution): Tensor4D {
  const { kernel, groups } = convolution;
  const gradient = matMul<Tensor3D>(columnsOf(x, convolution), splitGroups(dy, groups), true, false);
  return reshape(exchangeFirstAxes(gradient), [kernel, kernel, x.shape[3] / groups, dy.shape[3]]);
}

/** [g, m, t c] */
function columnsOf(x: Tensor4D, convolution: Convolution): Tensor3D {
  const { groups } = convolution;
  const taps = pixelsAtTaps(x, convolution).map((pixels) =>
    reshape<Rank.R3>(pixels, [-1, groups, x.shape[3] / groups]),
  );
  return exchangeFirstAxes(taps.length === 1 ? taps[0]! : concat(taps, 2));
}

/** [t c, g o] to [g, t c, o] */
function groupFilter(filter: Tensor4D, { groups }: Convolution): Tensor3D {
  const [kernel, , channels, outputs] = filter.shape;
  return exchangeFirstAxes(reshape(filter, [kernel * kernel * channels, groups, outputs / groups]));
}

/** [n, height, width, g o] to [g, m, o] */
function splitGroups(y: Tensor4D, groups: number): Tensor3D {
  return exchangeFirstAxes(reshape(y, [-1, groups, y.shape[3] / groups]));
}

/** Makes the second axis the first: a copy, unless one of them has length one. */
function exchangeFirstAxes(x: Tensor3D): Tensor3D {
  const [first, second, third] = x.shape;
  return first === 1 || second === 1 ? reshape(x, [second, first, third]) : transpose(x, [1, 0, 2]);
}
