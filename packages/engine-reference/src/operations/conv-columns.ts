import type { ConvNode } from '@netspace/contracts';
import { type Matrix, matrixOf } from '../matrix.js';
import type { Operands } from '../operation.js';
import type { Activation } from '../tensors.js';

/** The input of a convolution as a matrix for each image and group: [taps, output pixels], 0 beyond the border. */
export interface Columns {
  /** Rows: input channels of a group times the kernel's pixels. */
  readonly taps: number;
  /** The matrix of one image and group; the next call overwrites it. */
  gather(image: number, group: number): Matrix;
  /** Lets `add` add to the gradient of the matrix and passes that on to the input. */
  scatter(image: number, group: number, add: (gradient: Matrix) => void): void;
}

/** Plans the columns of a convolution. */
export function planColumns(node: ConvNode, { inputs, output, memory }: Operands): Columns {
  const input = inputs[0]!;
  const channels = input.shape.channels / node.groups;
  // Not `kernel ** 2`: to V8 that is no integer, and all arithmetic on indices would slow down with it.
  const taps = channels * node.kernel * node.kernel;
  const startOf = (image: number, group: number): number => image * input.size + group * channels * input.pixels;
  if (node.kernel === 1 && node.stride === 1 && node.padding === 0) return { taps, ...planWithoutCopy(input, startOf) };

  const segments = segmentsOf(node, channels, input, output);
  const values = matrixOf(memory.doubles(taps * output.pixels), output.pixels);
  const gradient = matrixOf(memory.doubles(taps * output.pixels), output.pixels);
  return {
    taps,
    gather(image, group) {
      gather(input.values, startOf(image, group), values.values, segments, node.stride);
      return values;
    },
    scatter(image, group, add) {
      gradient.values.fill(0);
      add(gradient);
      scatter(gradient.values, input.gradient, startOf(image, group), segments, node.stride);
    },
  };
}

/** The columns of a pointwise convolution of stride 1 are the input itself. */
function planWithoutCopy(
  input: Activation,
  startOf: (image: number, group: number) => number,
): Pick<Columns, 'gather' | 'scatter'> {
  const values = matrixOf(input.values, input.pixels);
  const gradient = matrixOf(input.gradient, input.pixels);
  return {
    gather(image, group) {
      values.start = startOf(image, group);
      return values;
    },
    scatter(image, group, add) {
      gradient.start = startOf(image, group);
      add(gradient);
    },
  };
}

/** A part of a row of output pixels under one tap: columns[to + i] = input[from + i * stride] for i < length. */
interface Segment {
  readonly to: number;
  readonly from: number;
  readonly length: number;
}

/** All segments that lie inside the border, for the first group of the first image. */
function segmentsOf(node: ConvNode, channels: number, input: Activation, output: Activation): Segment[] {
  const { kernel, stride, padding } = node;
  const window = kernel * kernel;
  const segments: Segment[] = [];
  for (let tap = 0; tap < channels * window; tap++) {
    const channel = Math.floor(tap / window);
    const down = Math.floor((tap % window) / kernel) - padding;
    const right = (tap % kernel) - padding;
    const first = Math.max(0, Math.ceil(-right / stride));
    const last = Math.min(output.shape.width - 1, Math.floor((input.shape.width - 1 - right) / stride));
    for (let row = 0; row < output.shape.height; row++) {
      const inputRow = row * stride + down;
      if (inputRow < 0 || inputRow >= input.shape.height || last < first) continue;
      const to = tap * output.pixels + row * output.shape.width + first;
      const from = channel * input.pixels + inputRow * input.shape.width + first * stride + right;
      segments.push({ to, from, length: last - first + 1 });
    }
  }
  return segments;
}

function gather(x: Float64Array, start: number, columns: Float64Array, segments: Segment[], stride: number): void {
  for (const { to, from, length } of segments) {
    for (let i = 0; i < length; i++) columns[to + i] = x[start + from + i * stride]!;
  }
}

function scatter(columns: Float64Array, dx: Float64Array, start: number, segments: Segment[], stride: number): void {
  for (const { to, from, length } of segments) {
    for (let i = 0; i < length; i++) dx[start + from + i * stride]! += columns[to + i]!;
  }
}
