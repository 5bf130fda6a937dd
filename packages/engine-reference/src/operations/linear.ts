import type { LinearNode } from '@netspace/contracts';
import type { Operands, Operation } from '../operation.js';

/** y = weight x + bias; weight [out, in]. */
export function createLinear(node: LinearNode, { inputs, output, parameter }: Operands): Operation {
  const input = inputs[0]!;
  const weight = parameter(node.weight);
  const bias = parameter(node.bias);
  const width = input.size;
  return {
    forward({ count }) {
      for (let image = 0; image < count; image++) {
        for (let out = 0; out < output.size; out++) {
          let sum = bias.values[out]!;
          for (let i = 0; i < width; i++) sum += weight.values[out * width + i]! * input.values[image * width + i]!;
          output.values[image * output.size + out] = sum;
        }
      }
    },
    backward({ count }) {
      for (let image = 0; image < count; image++) {
        for (let out = 0; out < output.size; out++) {
          const dy = output.gradient[image * output.size + out]!;
          bias.gradient[out]! += dy;
          for (let i = 0; i < width; i++) {
            weight.gradient[out * width + i]! += dy * input.values[image * width + i]!;
            input.gradient[image * width + i]! += dy * weight.values[out * width + i]!;
          }
        }
      }
    },
  };
}
