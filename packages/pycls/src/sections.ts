import { maximumBlocks } from '@netspace/model-builder';
import { z } from 'zod';
import { blockNames } from './block-names.js';

const ignored = z.unknown().optional();
const count = z.int().min(1);
const blockType = z.enum(Object.keys(blockNames)).default('res_bottleneck_block');

/** Keys that mean the same in both kinds of network; defaults of pycls' core/config.py. */
const network = {
  STEM_TYPE: z.string().default('simple_stem_in'),
  STEM_W: count.default(32),
  BLOCK_TYPE: blockType,
  HEAD_W: z.int().min(0).default(0),
  SE_ON: z.boolean().default(false),
  SE_R: z.number().default(0.25),
};

/** Section `ANYNET`: a list has one value a stage. */
const anynetSection = z.strictObject({
  ...network,
  DEPTHS: z.array(count).default([]),
  WIDTHS: z.array(count).default([]),
  STRIDES: z.array(count).default([]),
  BOT_MULS: z.array(z.number().positive()).default([]),
  GROUP_WS: z.array(count).default([]),
});

/** Section `REGNET`: W0, WA, WM and DEPTH are the paper's w_0, w_a, w_m and d. */
const regnetSection = z.strictObject({
  ...network,
  STRIDE: count.default(2),
  // Nothing goes on with a larger one: the stages are computed block by block.
  DEPTH: count.max(maximumBlocks, { abort: true }).default(10),
  W0: z.int().min(8).multipleOf(8).default(32),
  WA: z.number().min(0).default(5),
  WM: z.number().gt(1).default(2.5),
  GROUP_W: count.default(16),
  BOT_MUL: z
    .number()
    .positive()
    .refine((multiplier) => multiplier < 1 || Number.isInteger(multiplier), {
      params: { expected: 'below 1, or whole' },
    })
    .default(1),
});

const modelSection = z.strictObject({
  TYPE: z.enum(['anynet', 'regnet']),
  NUM_CLASSES: count.default(10),
  ACTIVATION_FUN: z.enum(['relu', 'ReLU']).default('relu'),
  ACTIVATION_INPLACE: ignored,
  DEPTH: ignored,
  LOSS_FUN: ignored,
  SCALING_TYPE: ignored,
  SCALING_FACTOR: ignored,
});

/** Batch normalisation is fixed in netspace: other settings would make another network. */
const batchNormSection = z.looseObject({ EPS: z.literal(1e-5).default(1e-5), MOM: z.literal(0.1).default(0.1) });

const trainSection = z.looseObject({ IM_SIZE: count.default(224) });

/** The sections of a pycls configuration that describe the network; all others are ignored. */
export const sections = z.looseObject({
  MODEL: modelSection,
  ANYNET: anynetSection.prefault({}),
  REGNET: regnetSection.prefault({}),
  BN: batchNormSection.prefault({}),
  TRAIN: trainSection.prefault({}),
});

export type Sections = z.output<typeof sections>;
export type AnynetSection = z.output<typeof anynetSection>;
export type RegnetSection = z.output<typeof regnetSection>;
