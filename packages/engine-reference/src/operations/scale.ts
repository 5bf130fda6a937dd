import type { Operands, Operation } from '../operation.js';

/** Each channel times its factor: inputs [x, s], s of shape [channels, 1, 1]. */
export function createScale({ inputs, output }: Operands): Operation {
  const [input, factors] = [inputs[0]!, inputs[1]!];
  const pixels = output.shape.height * output.shape.width;
  return {
    forward({ count }) {
      for (let i = 0; i < count * output.size; i++) {
        output.values[i] = input.values[i]! * factors.values[Math.floor(i / pixels)]!;
      }
    },
    backward({ count }) {
      for (let i = 0; i < count * output.size; i++) {
        const channel = Math.floor(i / pixels);
        input.gradient[i]! += output.gradient[i]! * factors.values[channel]!;
        factors.gradient[channel]! += output.gradient[i]! * input.values[i]!;
      }
    },
  };
}
