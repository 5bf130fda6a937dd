import type { NetworkConfig } from '@netspace/contracts';

/** A network to measure an engine's training speed on. */
export interface BenchmarkNetwork {
  readonly config: NetworkConfig;
  readonly batchSize: number;
}

/** X networks with bottleneck ratio 1, from one whose steps are all overhead to one of ImageNet's size. */
export const benchmarkNetworks: Readonly<Record<string, BenchmarkNetwork>> = {
  tiny: cifarNetwork({ stem: 8, depths: [1, 1, 2], widths: [8, 16, 32], groupWidth: 8, imageSize: 16, batchSize: 128 }),
  small: cifarNetwork({
    stem: 16,
    depths: [1, 2, 4],
    widths: [24, 56, 152],
    groupWidth: 8,
    imageSize: 32,
    batchSize: 128,
  }),
  medium: cifarNetwork({
    stem: 16,
    depths: [2, 4, 6],
    widths: [48, 96, 192],
    groupWidth: 16,
    imageSize: 32,
    batchSize: 64,
  }),
  'regnetx-200mf': {
    batchSize: 16,
    config: {
      ...{ stem: { type: 'simple_stem_in', width: 32 }, block: 'x', squeezeExcitationRatio: 0, headWidth: 0 },
      stages: stagesOf([1, 1, 4, 7], [24, 56, 152, 368], [2, 2, 2, 2], 8),
      ...{ classes: 1000, imageSize: 224, imageChannels: 3 },
    },
  },
};

interface CifarNetwork {
  readonly stem: number;
  readonly depths: readonly number[];
  readonly widths: readonly number[];
  readonly groupWidth: number;
  readonly imageSize: number;
  readonly batchSize: number;
}

function cifarNetwork({ stem, depths, widths, groupWidth, imageSize, batchSize }: CifarNetwork): BenchmarkNetwork {
  return {
    batchSize,
    config: {
      ...{ stem: { type: 'res_stem_cifar', width: stem }, block: 'x', squeezeExcitationRatio: 0, headWidth: 0 },
      stages: stagesOf(depths, widths, [1, 2, 2], groupWidth),
      ...{ classes: 10, imageSize, imageChannels: 3 },
    },
  };
}

function stagesOf(
  depths: readonly number[],
  widths: readonly number[],
  strides: readonly number[],
  groupWidth: number,
): NetworkConfig['stages'] {
  return depths.map((depth, stage) => ({
    ...{ depth, width: widths[stage]!, stride: strides[stage]!, bottleneckRatio: 1, groupWidth },
  }));
}
