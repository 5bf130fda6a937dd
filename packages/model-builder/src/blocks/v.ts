import type { BlockType } from '@netspace/contracts';

/** V: one 3x3 conv, BN, ReLU (paper, section 3.4). */
export const v: BlockType = (builder, input, { width, stride }) => {
  const x = builder.conv('a', input, width, { kernel: 3, stride });
  return builder.relu('a_af', builder.batchNorm('a_bn', x));
};
