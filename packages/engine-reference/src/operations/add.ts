import type { Operands, Operation } from '../operation.js';

/** The sum of two activations. */
export function createAdd({ inputs, output }: Operands): Operation {
  const first = inputs[0]!;
  const second = inputs[1]!;
  return {
    forward({ count }) {
      for (let i = 0; i < count * output.size; i++) output.values[i] = first.values[i]! + second.values[i]!;
    },
    backward({ count }) {
      for (let i = 0; i < count * output.size; i++) {
        first.gradient[i]! += output.gradient[i]!;
        second.gradient[i]! += output.gradient[i]!;
      }
    },
  };
}
