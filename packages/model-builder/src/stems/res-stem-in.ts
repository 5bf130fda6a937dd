import type { StemType } from '@netspace/contracts';

/** The ResNet stem for ImageNet: 7x7 conv of stride 2, BN, ReLU, 3x3 max pool of stride 2 (pycls `res_stem_in`). */
export const resStemIn: StemType = (builder, images, width) => {
  let x = builder.conv('conv', images, width, { kernel: 7, stride: 2 });
  x = builder.relu('af', builder.batchNorm('bn', x));
  return builder.maxPool('pool', x, { kernel: 3, stride: 2 });
};
