import type { BlockType } from '@netspace/contracts';

/** Vanilla: twice 3x3 conv, BN, ReLU, without a shortcut (pycls `vanilla_block`). */
export const vanilla: BlockType = (builder, input, { width, stride }) => {
  let x = builder.conv('a', input, width, { kernel: 3, stride });
  x = builder.relu('a_af', builder.batchNorm('a_bn', x));
  x = builder.conv('b', x, width, { kernel: 3 });
  return builder.relu('b_af', builder.batchNorm('b_bn', x));
};
