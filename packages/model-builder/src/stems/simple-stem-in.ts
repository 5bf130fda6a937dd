import type { StemType } from '@netspace/contracts';

/** The simple stem for ImageNet: 3x3 conv of stride 2, BN, ReLU (paper, section 3.2; pycls `simple_stem_in`). */
export const simpleStemIn: StemType = (builder, images, width) => {
  const x = builder.conv('conv', images, width, { kernel: 3, stride: 2 });
  return builder.relu('af', builder.batchNorm('bn', x));
};
