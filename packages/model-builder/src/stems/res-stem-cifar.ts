import type { StemType } from '@netspace/contracts';

/** The ResNet stem for CIFAR: 3x3 conv, BN, ReLU (pycls `res_stem_cifar`). */
export const resStemCifar: StemType = (builder, images, width) => {
  const x = builder.conv('conv', images, width, { kernel: 3 });
  return builder.relu('af', builder.batchNorm('bn', x));
};
