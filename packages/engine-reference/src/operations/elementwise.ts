/** Operations on one element at a time: relu, sigmoid, add. */
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
        if (output.values[i]! > 0) input.gradient[i]! += output.gradient[i]!;
      }
    },
  };
}

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

/** The sum of two activations. */
export function createAdd({ inputs, output }: Operands): Operation {
  const [first, second] = [inputs[0]!, inputs[1]!];
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
