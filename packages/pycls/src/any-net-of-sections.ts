import type { StageConfig } from '@netspace/contracts';
import { compatibleStages } from '@netspace/model-builder';
import { expand } from '@netspace/quantized-linear';
import type { AnyNet } from './any-net.js';
import type { AnynetSection, RegnetSection, Sections } from './sections.js';

/** The network that a configuration describes (pycls `AnyNet.get_params`, `RegNet.get_params`). */
export function anyNetOfSections({ MODEL, ANYNET, REGNET }: Sections): AnyNet {
  const section = MODEL.TYPE === 'regnet' ? REGNET : ANYNET;
  return {
    stem_type: section.STEM_TYPE,
    stem_w: section.STEM_W,
    block_type: section.BLOCK_TYPE,
    ...(MODEL.TYPE === 'regnet' ? regnetStages(REGNET) : anynetStages(ANYNET)),
    head_w: section.HEAD_W,
    se_r: section.SE_ON ? section.SE_R : 0,
    num_classes: MODEL.NUM_CLASSES,
  };
}

type Stages = Pick<AnyNet, 'depths' | 'widths' | 'strides' | 'bot_muls' | 'group_ws'>;

function anynetStages({ DEPTHS, WIDTHS, STRIDES, BOT_MULS, GROUP_WS }: AnynetSection): Stages {
  return { depths: DEPTHS, widths: WIDTHS, strides: STRIDES, bot_muls: BOT_MULS, group_ws: GROUP_WS };
}

/** The stages of the quantised-linear rule, their widths made compatible (pycls `generate_regnet_full`). */
export function regnetStages({ W0, WA, WM, DEPTH, STRIDE, BOT_MUL, GROUP_W }: RegnetSection): Stages {
  const { widths, depths } = expand({ initialWidth: W0, slope: WA, widthMultiplier: WM, depth: DEPTH });
  const stages = compatibleStages(
    widths.map((width, stage): StageConfig => {
      return { depth: depths[stage]!, width, stride: STRIDE, bottleneckRatio: 1 / BOT_MUL, groupWidth: GROUP_W };
    }),
  );
  return {
    depths,
    widths: stages.map(({ width }) => width),
    strides: stages.map(({ stride }) => stride),
    bot_muls: stages.map(() => BOT_MUL),
    group_ws: stages.map(({ groupWidth }) => groupWidth),
  };
}
