import type { BlockOptions, NetworkConfig, StageConfig } from '@netspace/contracts';
import { roundHalfEven } from '@netspace/quantized-linear';

/**
 * Channels of a stage's bottleneck: w / b, rounded half to even (pycls `BottleneckTransform`).
 *
 * @example
 * import { bottleneckWidth } from '@netspace/model-builder';
 * bottleneckWidth({ depth: 1, width: 256, stride: 2, bottleneckRatio: 4, groupWidth: 16 }); // => 64
 */
export function bottleneckWidth(stage: StageConfig): number {
  return roundHalfEven(stage.width / stage.bottleneckRatio);
}

/** The options of a stage's blocks; only the first block has the stage's stride. */
export function blockOptions(config: NetworkConfig, stage: StageConfig, stride: number): BlockOptions {
  return {
    width: stage.width,
    stride,
    bottleneckWidth: bottleneckWidth(stage),
    groupWidth: stage.groupWidth,
    squeezeExcitationRatio: config.squeezeExcitationRatio,
  };
}
