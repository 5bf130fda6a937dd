import type { BlockType } from '@netspace/contracts';
import { squeezedBottleneck } from './bottleneck.js';
import { keepsShape } from './residual.js';

/**
 * The residual linear bottleneck block: x + f(x) without a ReLU at its end, f(x) alone where the shape changes (pycls
 * `res_bottleneck_linear_block`); with squeeze-excitation where its ratio is above 0.
 */
export const resBottleneckLinear: BlockType = (builder, input, options) => {
  const output = squeezedBottleneck(builder, input, options);
  return keepsShape(builder, input, options) ? builder.add('add', input, output) : output;
};
