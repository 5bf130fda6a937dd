/**
 * Convolution as matrix products over gathered columns.
 *
 * Letters: G groups, C input channels a group, D output channels a group, K = C * kernel * kernel taps, P output pixels.
 * Per image and group: y [D, P] = weight [D, K] x columns [K, P].
 */
import type { ConvNode } from '@netspace/contracts';
import type { Operands, Operation } from '../operation.js';
import type { Activation } from '../tensors.js';

interface Geometry extends Pick<ConvNode, 'kernel' | 'stride' | 'padding' | 'groups'> {
  readonly input: Activation['shape'];
  readonly output: Activation['shape'];
}

export function createConv(node: ConvNode, { inputs, output, parameter }: Operands): Operation {
  const input = inputs[0]!;
  const weight = parameter(node.weight);
  const bias = node.bias === undefined ? undefined : parameter(node.bias);
  const geometry: Geometry = { ...node, input: input.shape, output: output.shape };
  const pixels = output.shape.height * output.shape.width;
  const outChannels = output.shape.channels / node.groups;
  const taps = (input.shape.channels / node.groups) * node.kernel ** 2;
  const columns = new Float64Array(taps * pixels);
  const columnGradient = new Float64Array(taps * pixels);

  const forEachGroup = (count: number, visit: (image: number, group: number, y: number, w: number) => void): void => {
    for (let image = 0; image < count; image++) {
      for (let group = 0; group < node.groups; group++) {
        visit(image, group, image * output.size + group * outChannels * pixels, group * outChannels * taps);
      }
    }
  };

  return {
    forward({ count }) {
      forEachGroup(count, (image, group, y, w) => {
        gather(input.values, image * input.size, group, geometry, columns);
        for (let d = 0; d < outChannels; d++) {
          const row = output.values.subarray(y + d * pixels, y + (d + 1) * pixels);
          row.fill(bias?.values[group * outChannels + d] ?? 0);
          for (let k = 0; k < taps; k++) addScaled(row, weight.values[w + d * taps + k]!, columns, k * pixels);
        }
      });
    },
    backward({ count }) {
      forEachGroup(count, (image, group, y, w) => {
        gather(input.values, image * input.size, group, geometry, columns);
        columnGradient.fill(0);
        for (let d = 0; d < outChannels; d++) {
          const dy = output.gradient.subarray(y + d * pixels, y + (d + 1) * pixels);
          if (bias !== undefined) bias.gradient[group * outChannels + d]! += sum(dy);
          for (let k = 0; k < taps; k++) {
            weight.gradient[w + d * taps + k]! += dot(dy, columns, k * pixels);
            addScaled(columnGradient.subarray(k * pixels, (k + 1) * pixels), weight.values[w + d * taps + k]!, dy, 0);
          }
        }
        scatter(columnGradient, input.gradient, image * input.size, group, geometry);
      });
    },
  };
}

/** columns[k, p] = the input under tap k of output pixel p; 0 beyond the border. */
function gather(x: Float64Array, start: number, group: number, geometry: Geometry, columns: Float64Array): void {
  columns.fill(0);
  forEachTap(group, geometry, (tap, from, step, to, length) => {
    for (let i = 0; i < length; i++) columns[tap + to + i] = x[start + from + i * step]!;
  });
}

/** Adds each column's gradient to the input that it was gathered from. */
function scatter(columns: Float64Array, dx: Float64Array, start: number, group: number, geometry: Geometry): void {
  forEachTap(group, geometry, (tap, from, step, to, length) => {
    for (let i = 0; i < length; i++) dx[start + from + i * step]! += columns[tap + to + i]!;
  });
}

/**
 * Visits each row of output pixels of each tap: columns[tap + to + i] belongs to input[from + i * step], i < length.
 */
function forEachTap(
  group: number,
  { kernel, stride, padding, groups, input, output }: Geometry,
  visit: (tap: number, from: number, step: number, to: number, length: number) => void,
): void {
  const channels = input.channels / groups;
  const pixels = output.height * output.width;
  let tap = 0;
  for (let channel = group * channels; channel < (group + 1) * channels; channel++) {
    for (let ky = 0; ky < kernel; ky++) {
      for (let kx = 0; kx < kernel; kx++, tap += pixels) {
        const first = Math.max(0, Math.ceil((padding - kx) / stride));
        const last = Math.min(output.width - 1, Math.floor((input.width - 1 + padding - kx) / stride));
        for (let oy = 0; oy < output.height; oy++) {
          const iy = oy * stride + ky - padding;
          if (iy < 0 || iy >= input.height) continue;
          const from = (channel * input.height + iy) * input.width + first * stride + kx - padding;
          visit(tap, from, stride, oy * output.width + first, last - first + 1);
        }
      }
    }
  }
}

function addScaled(to: Float64Array, factor: number, from: Float64Array, offset: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * from[offset + i]!;
}

function dot(a: Float64Array, b: Float64Array, offset: number): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[offset + i]!;
  return total;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
