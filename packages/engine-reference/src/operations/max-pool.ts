import type { MaxPoolNode } from '@netspace/contracts';
import type { Operands, Operation } from '../operation.js';

/** The maximum over windows; the gradient goes to the first maximum in row-major order, as in PyTorch. */
export function createMaxPool(node: MaxPoolNode, { inputs, output, memory }: Operands): Operation {
  const { kernel, stride, padding } = node;
  const input = inputs[0]!;
  const { height, width } = input.shape;
  /** Where each output came from. */
  const source = memory.integers(output.values.length);

  const maximum = (plane: number, top: number, left: number): number => {
    let best = -1;
    for (let y = Math.max(0, top); y < Math.min(height, top + kernel); y++) {
      for (let x = Math.max(0, left); x < Math.min(width, left + kernel); x++) {
        const index = plane + y * width + x;
        if (best < 0 || input.values[index]! > input.values[best]! || Number.isNaN(input.values[index])) best = index;
      }
    }
    return best;
  };

  return {
    forward({ count }) {
      let to = 0;
      for (let plane = 0; plane < count * output.shape.channels; plane++) {
        for (let y = 0; y < output.shape.height; y++) {
          for (let x = 0; x < output.shape.width; x++, to++) {
            source[to] = maximum(plane * input.pixels, y * stride - padding, x * stride - padding);
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
