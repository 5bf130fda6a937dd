import { compatibleStages, complexityOf } from '@netspace/model-builder';

/** Of RegNetX-400MF, as pycls counts it. */
export const expected = { flops: 397678568, params: 5157512, acts: 3143272 };

export function compute() {
  const stage = { stride: 2, bottleneckRatio: 1, groupWidth: 16 };
  const network = {
    stem: { type: 'simple_stem_in', width: 32 },
    block: 'x',
    stages: compatibleStages([
      { ...stage, depth: 1, width: 24 },
      { ...stage, depth: 2, width: 64 },
      { ...stage, depth: 7, width: 152 },
      { ...stage, depth: 12, width: 392 },
    ]),
    squeezeExcitationRatio: 0,
    headWidth: 0,
    classes: 1000,
    imageSize: 224,
    imageChannels: 3,
  };
  return complexityOf(network);
}
