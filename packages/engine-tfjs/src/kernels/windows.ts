import {
  addN,
  concat,
  pad,
  reshape,
  slice,
  stridedSlice,
  zeros,
  type Rank,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { windowsOver, type Shape4D, type Window } from './kernel-set.js';

/** A place in a window. */
type Tap = readonly [row: number, column: number];

/** For each tap, row by row, what the windows have there: [n, height, width, channels]; `outside` beyond the image. */
export function pixelsAtTaps(x: Tensor4D, window: Window, outside = 0): Tensor4D[] {
  const [, height, width] = outputShape(x.shape, 0, window);
  const margin: [number, number] = [window.padding, window.padding];
  const framed = window.padding === 0 ? x : pad(x, [[0, 0], margin, margin, [0, 0]], outside);
  return tapsOf(window).map((tap) => pixelsAt(framed, tap, window.stride, height, width));
}

/** The image whose pixels are the sums of what the windows have there, tap by tap: the transpose of `pixelsAtTaps`. */
export function imageOfTaps(taps: readonly Tensor4D[], window: Window, xShape: Shape4D): Tensor4D {
  const { stride, padding } = window;
  // The canvas holds the padding and the zeros that follow the last pixel when they are spread by the stride.
  const [canvasHeight, canvasWidth] = [xShape[1], xShape[2]].map((size) => size + 2 * padding + stride - 1);
  const places = tapsOf(window);
  const images = taps.map((tap, index) => {
    const [row, column] = places[index]!;
    const pixels = spread(tap, stride);
    const [, height, width] = pixels.shape;
    const vertical: [number, number] = [row, canvasHeight! - row - height];
    const horizontal: [number, number] = [column, canvasWidth! - column - width];
    return pad(pixels, [[0, 0], vertical, horizontal, [0, 0]]);
  });
  return slice(images.length === 1 ? images[0]! : addN(images), [0, padding, padding, 0], xShape);
}

function outputShape([n, height, width]: Shape4D, channels: number, window: Window): Shape4D {
  return [n, windowsOver(height, window), windowsOver(width, window), channels];
}

function tapsOf({ kernel }: Window): Tap[] {
  return Array.from({ length: kernel * kernel }, (_, index) => [Math.floor(index / kernel), index % kernel] as const);
}

function pixelsAt(x: Tensor4D, [row, column]: Tap, stride: number, height: number, width: number): Tensor4D {
  const [n, , , channels] = x.shape;
  if (stride === 1) return slice(x, [0, row, column, 0], [n, height, width, channels]);
  const end = [n, row + (height - 1) * stride + 1, column + (width - 1) * stride + 1, channels];
  return stridedSlice(x, [0, row, column, 0], end, [1, stride, stride, 1]) as Tensor4D;
}

/** Puts stride - 1 zeros after each pixel, in both directions. */
export function spread(x: Tensor4D, stride: number): Tensor4D {
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
