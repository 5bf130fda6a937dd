import type { NetworkConfig } from '@netspace/contracts';
import { compatibleStages } from '@netspace/model-builder';
import { type Candidate, stagesOf } from './candidate.js';
import type { DesignSpace } from './design-space.js';

/** What the networks of a population are built for: the parts of a network that no space draws. */
export type NetworkSetting = Pick<NetworkConfig, 'stem' | 'headWidth' | 'classes' | 'imageSize' | 'imageChannels'>;

/** The paper's: ImageNet at 224 pixels. */
export const imagenetSetting: NetworkSetting = {
  stem: { type: 'simple_stem_in', width: 32 },
  headWidth: 0,
  classes: 1000,
  imageSize: 224,
  imageChannels: 3,
};

/** The network that a candidate makes; its widths are compatible with its group widths. */
export function configOf(space: DesignSpace, candidate: Candidate, setting: NetworkSetting): NetworkConfig {
  return {
    stem: setting.stem,
    block: space.block,
    stages: compatibleStages(stagesOf(space, candidate)),
    squeezeExcitationRatio: space.squeezeExcitationRatio,
    headWidth: setting.headWidth,
    classes: setting.classes,
    imageSize: setting.imageSize,
    imageChannels: setting.imageChannels,
  };
}
