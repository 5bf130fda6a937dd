/** Pooling: the global average, and the maximum over windows. */
import type { MaxPoolNode } from '@netspace/contracts';
import type { Operands, Operation } from '../operation.js';

/** The mean over height and width. */
export function createGlobalAveragePool({ inputs, output }: Operands): Operation {
  const input = inputs[0]!;
  const pixels = input.shape.height * input.shape.width;
  return {
    forward({ count }) {
      for (let channel = 0; channel < count * output.size; channel++) {
        let sum = 0;
        for (let i = channel * pixels; i < (channel + 1) * pixels; i++) sum += input.values[i]!;
        output.values[channel] = sum / pixels;
      }
    },
    backward({ count }) {
      for (let i = 0; i < count * input.size; i++) {
        input.gradient[i]! += output.gradient[Math.floor(i / pixels)]! / pixels;
      }
    },
  };
}

/** The maximum over windows; the gradient goes to the first maximum in row-major order, as in PyTorch. */
export function createMaxPool({ kernel, stride, padding }: MaxPoolNode, { inputs, output }: Operands): Operation {
  const input = inputs[0]!;
  const source = new Int32Array(output.values.length);
  const { height, width } = output.shape;

  const maximum = (plane: number, top: number, left: number): number => {
    let best = -1;
    for (let y = Math.max(0, top); y < Math.min(input.shape.height, top + kernel); y++) {
      for (let x = Math.max(0, left); x < Math.min(input.shape.width, left + kernel); x++) {
        const index = plane + y * input.shape.width + x;
        if (best < 0 || input.values[index]! > input.values[best]! || Number.isNaN(input.values[index])) best = index;
      }
    }
    return best;
  };

  return {
    forward({ count }) {
      let to = 0;
      for (let channel = 0; channel < count * output.shape.channels; channel++) {
        const plane = channel * input.shape.height * input.shape.width;
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++, to++) {
            source[to] = maximum(plane, y * stride - padding, x * stride - padding);
            output.values[to] = input.values[source[to]!]!;
          }
        }
      }
    },
    backward({ count }) {
      for (let i = 0; i < count * output.size; i++) input.gradient[source[i]!]! += output.gradient[i]!;
    },
  };
}
