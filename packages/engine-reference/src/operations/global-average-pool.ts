import type { Operands, Operation } from '../operation.js';

/** The mean over height and width. */
export function createGlobalAveragePool({ inputs, output }: Operands): Operation {
  const input = inputs[0]!;
  const { pixels } = input;
  return {
    forward({ count }) {
      for (let plane = 0; plane < count * output.size; plane++) {
        let sum = 0;
        for (let i = plane * pixels; i < (plane + 1) * pixels; i++) sum += input.values[i]!;
        output.values[plane] = sum / pixels;
      }
    },
    backward({ count }) {
      for (let plane = 0; plane < count * output.size; plane++) {
        const share = output.gradient[plane]! / pixels;
        for (let i = plane * pixels; i < (plane + 1) * pixels; i++) input.gradient[i]! += share;
      }
    },
  };
}
