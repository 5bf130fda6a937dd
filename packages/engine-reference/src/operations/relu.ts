import type { Operands, Operation } from '../operation.js';

/** max(x, 0); the gradient at 0 is 0. A value that is not a number stays so. */
export function createRelu({ inputs, output }: Operands): Operation {
  const input = inputs[0]!;
  return {
    forward({ count }) {
      for (let i = 0; i < count * output.size; i++) output.values[i] = input.values[i]! <= 0 ? 0 : input.values[i]!;
    },
    backward({ count }) {
      for (let i = 0; i < count * output.size; i++) {
        if (!(input.values[i]! <= 0)) input.gradient[i]! += output.gradient[i]!;
      }
    },
  };
}
