import type { NetworkSetting } from '@netspace/design-space';

/** What the networks of oracles are for: it decides nothing. */
export const setting: NetworkSetting = {
  stem: { type: 'res_stem_cifar', width: 16 },
  headWidth: 0,
  classes: 10,
  imageSize: 32,
  imageChannels: 3,
};
