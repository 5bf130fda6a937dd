import { expect, test } from '@jest/globals';
import type { Engine } from '@netspace/contracts';
import { anynetComplexity } from './anynet-complexity.js';
import { blockCompatibility } from './block-compatibility.js';
import { modelZoo } from './model-zoo.js';

/** These checks use no engine. */
const engine = undefined as unknown as Engine;

// RegNetX-400MF: flops, params and acts of pycls' dev/model_complexity.json.
const regnet = {
  name: 'RegNetX-400MF',
  config: {
    MODEL: { TYPE: 'regnet', NUM_CLASSES: 1000 },
    REGNET: { DEPTH: 22, W0: 24, WA: 24.48, WM: 2.54, GROUP_W: 16 },
  },
  flops: 397678568,
  params: 5157512,
  acts: 3143272,
};

const anynet = {
  image_size: 224,
  net: {
    stem_type: 'simple_stem_in',
    stem_w: 32,
    block_type: 'res_bottleneck_block',
    depths: [1, 2, 7, 12],
    widths: [32, 64, 160, 384],
    strides: [2, 2, 2, 2],
    bot_muls: [1, 1, 1, 1],
    group_ws: [16, 16, 16, 16],
    head_w: 0,
    se_r: 0,
    num_classes: 1000,
  },
  flops: 397678568,
  params: 5157512,
  acts: 3143272,
};

const compatibility = {
  widths: [24, 424],
  bottleneck_multipliers: [1, 4],
  group_widths: [16, 64],
  adjusted: { widths: [32, 416], bottleneck_multipliers: [1, 4], group_widths: [16, 64] },
};

const wrong = { ...compatibility, adjusted: { ...compatibility.adjusted, widths: [32, 424] } };

test.each([
  [modelZoo, regnet, { ...regnet, acts: 3143273 }, 1, 'RegNetX-400MF: acts'],
  [anynetComplexity, anynet, { ...anynet, flops: 397678560 }, 8, 'row 1: flops'],
  [blockCompatibility, compatibility, wrong, 8, 'row 1, stage 1: width'],
])('the check of $file passes a right row and finds a wrong one', async (check, right, bad, worstError, worstCase) => {
  expect(await check.run([right], engine)).toEqual([{ cases: 1, worstError: 0, tolerance: 0, worstCase: '' }]);
  expect(await check.run([right, bad], engine)).toEqual([{ cases: 2, worstError, tolerance: 0, worstCase }]);
});
