import {
  addN,
  concat,
  matMul,
  pad,
  reshape,
  slice,
  split,
  stridedSlice,
  transpose,
  zeros,
  type Rank,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { windowsOver, type Convolution, type Shape4D } from './kernel-set.js';

/*
 * A grouped convolution as products of matrices, one for each group. Letters: g groups, m windows of all images,
 * t pixels in a window (taps), c channels that a group reads, o channels that it writes.
 */

/** y [g, m, o] = columns of x [g, m, t c] times filter [g, t c, o] */
export function convolveColumns(x: Tensor4D, filter: Tensor4D, convolution: Convolution): Tensor4D {
  const y = matMul(columnsOf(x, convolution), groupFilter(filter, convolution));
  return reshape(joinGroups(y as Tensor3D), outputShape(x.shape, filter.shape[3], convolution));
}

/** dx = the columns dy filter^T, put back and added where windows overlap. */
export function inputGradientByColumns(
  dy: Tensor4D,
  filter: Tensor4D,
  convolution: Convolution & { xShape: Shape4D },
): Tensor4D {
  const columns = matMul(splitGroups(dy, convolution.groups), groupFilter(filter, convolution), false, true);
  return imageOf(joinGroups(columns as Tensor3D), dy.shape, convolution);
}

/** dfilter [g, t c, o] = columns of x ^T dy */
export function filterGradientByColumns(x: Tensor4D, dy: Tensor4D, convolution: Convolution): Tensor4D {
  const { kernel, groups } = convolution;
  const gradient = matMul(columnsOf(x, convolution), splitGroups(dy, groups), true, false);
  return reshape(joinGroups(gradient as Tensor3D), [kernel, kernel, x.shape[3] / groups, dy.shape[3]]);
}

/** [g, m, t c] */
function columnsOf(x: Tensor4D, convolution: Convolution): Tensor3D {
  const { padding, groups } = convolution;
  const margin: [number, number] = [padding, padding];
  const framed = padding === 0 ? x : pad(x, [[0, 0], margin, margin, [0, 0]]);
  const [, height, width] = outputShape(x.shape, 0, convolution);
  const channels = x.shape[3] / groups;
  const taps = tapsOf(convolution).map((tap) =>
    reshape<Rank.R3>(pixelsAt(framed, tap, convolution.stride, height, width), [-1, groups, channels]),
  );
  return exchangeFirstAxes(taps.length === 1 ? taps[0]! : concat(taps, 2));
}

/** What the windows have at a tap: [n, height, width, channels]. */
function pixelsAt(x: Tensor4D, [row, column]: Tap, stride: number, height: number, width: number): Tensor4D {
  const [n, , , channels] = x.shape;
  if (stride === 1) return slice(x, [0, row, column, 0], [n, height, width, channels]);
  const end = [n, row + (height - 1) * stride + 1, column + (width - 1) * stride + 1, channels];
  return stridedSlice(x, [0, row, column, 0], end, [1, stride, stride, 1]) as Tensor4D;
}

/** The image of shape `xShape` whose pixels are the sums of the columns [m, g, t c] that they occur in. */
function imageOf(
  columns: Tensor3D,
  [, height, width]: Shape4D,
  convolution: Convolution & { xShape: Shape4D },
): Tensor4D {
  const { kernel, stride, padding, xShape } = convolution;
  const [n, xHeight, xWidth, channels] = xShape;
  // The canvas holds the padding and the zeros that follow the last pixel when they are spread by the stride.
  const canvas = [xHeight, xWidth].map((size) => size + 2 * padding + stride - 1) as [number, number];
  const images = split(columns, kernel * kernel, 2).map((tap, index) => {
    const [row, column] = tapsOf(convolution)[index]!;
    const pixels = spread(reshape<Rank.R4>(tap, [n, height, width, channels]), stride);
    const below = canvas[0] - row - height * stride;
    const right = canvas[1] - column - width * stride;
    return pad(pixels, [
      [0, 0],
      [row, below],
      [column, right],
      [0, 0],
    ]);
  });
  return slice(images.length === 1 ? images[0]! : addN(images), [0, padding, padding, 0], xShape);
}

/** Puts stride - 1 zeros after each pixel, in both directions. */
function spread(x: Tensor4D, stride: number): Tensor4D {
  if (stride === 1) return x;
  const [n, height, width, channels] = x.shape;
  const columns = withZeros(reshape(x, [n * height * width, channels]), stride);
  const rows = withZeros(reshape(columns, [n * height, width * stride * channels]), stride);
  return reshape(rows, [n, height * stride, width * stride, channels]);
}

function withZeros(rows: Tensor2D, stride: number): Tensor2D {
  const [count, length] = rows.shape;
  return concat([rows, zeros<Rank.R2>([count, length * (stride - 1)])], 1);
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

/** [g, m, o] to [m, g, o] */
const joinGroups = exchangeFirstAxes;

function exchangeFirstAxes(x: Tensor3D): Tensor3D {
  const [first, second, third] = x.shape;
  return first === 1 || second === 1 ? reshape(x, [second, first, third]) : transpose(x, [1, 0, 2]);
}

function outputShape([n, height, width]: Shape4D, channels: number, convolution: Convolution): Shape4D {
  return [n, windowsOver(height, convolution), windowsOver(width, convolution), channels];
}

type Tap = readonly [row: number, column: number];

function tapsOf({ kernel }: Convolution): Tap[] {
  return Array.from({ length: kernel * kernel }, (_, index) => [Math.floor(index / kernel), index % kernel] as const);
}
