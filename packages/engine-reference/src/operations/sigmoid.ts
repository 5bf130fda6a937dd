import type { Operands, Operation } from '../operation.js';

/** y = 1 / (1 + exp(-x)); dx = dy y (1 - y). */
export function createSigmoid({ inputs, output }: Operands): Operation {
  const input = inputs[0]!;
  return {
    forward({ count }) {
      for (let i = 0; i < count * output.size; i++) output.values[i] = 1 / (1 + Math.exp(-input.values[i]!));
    },
    backward({ count }) {
      for (let i = 0; i < count * output.size; i++) {
        const y = output.values[i]!;
        input.gradient[i]! += output.gradient[i]! * y * (1 - y);
      }
    },
  };
}
