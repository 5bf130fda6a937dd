import type { Operands, Operation } from '../operation.js';

/** Each channel times its factor: inputs [x, s], s of shape [channels, 1, 1]; dx = dy s, ds = sum of dy x. */
export function createScale({ inputs, output }: Operands): Operation {
  const input = inputs[0]!;
  const factors = inputs[1]!;
  const { pixels } = output;
  return {
    forward({ count }) {
      for (let plane = 0; plane < count * factors.size; plane++) {
        const factor = factors.values[plane]!;
        for (let i = plane * pixels; i < (plane + 1) * pixels; i++) output.values[i] = factor * input.values[i]!;
      }
    },
    backward({ count }) {
      for (let plane = 0; plane < count * factors.size; plane++) {
        const factor = factors.values[plane]!;
        let sum = 0;
        for (let i = plane * pixels; i < (plane + 1) * pixels; i++) {
          sum += output.gradient[i]! * input.values[i]!;
          input.gradient[i]! += output.gradient[i]! * factor;
        }
        factors.gradient[plane]! += sum;
      }
    },
  };
}
