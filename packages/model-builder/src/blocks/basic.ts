import type { BlockType } from '@netspace/contracts';
import { residual, type Transform } from './residual.js';

/** The residual basic block: x + f(x), f two 3x3 convolutions (pycls `res_basic_block`). */
export const basic: BlockType = (builder, input, options) => residual(builder, input, options, twoConvolutions);

const twoConvolutions: Transform = (builder, input, { width, stride }) => {
  let x = builder.conv('f.a', input, width, { kernel: 3, stride });
  x = builder.relu('f.a_af', builder.batchNorm('f.a_bn', x));
  x = builder.conv('f.b', x, width, { kernel: 3 });
  return builder.batchNorm('f.b_bn', x);
};
