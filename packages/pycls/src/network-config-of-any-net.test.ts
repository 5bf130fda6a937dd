import { expect, test } from '@jest/globals';
import { type AnyNet, networkConfigOfAnyNet } from './index.js';

const net: AnyNet = {
  stem_type: 'res_stem_cifar',
  stem_w: 16,
  block_type: 'res_bottleneck_block',
  depths: [1, 2],
  widths: [32, 64],
  strides: [1, 2],
  bot_muls: [0.5, 4],
  group_ws: [8, 16],
  head_w: 128,
  se_r: 0.25,
  num_classes: 10,
};

test('networkConfigOfAnyNet translates every field', () => {
  expect(networkConfigOfAnyNet(net, 32)).toEqual({
    stem: { type: 'res_stem_cifar', width: 16 },
    block: 'y',
    stages: [
      { depth: 1, width: 32, stride: 1, bottleneckRatio: 2, groupWidth: 8 },
      { depth: 2, width: 64, stride: 2, bottleneckRatio: 0.25, groupWidth: 16 },
    ],
    squeezeExcitationRatio: 0.25,
    headWidth: 128,
    classes: 10,
    imageSize: 32,
    imageChannels: 3,
  });
});

test("networkConfigOfAnyNet takes pycls' image size of 224 by default", () => {
  expect(networkConfigOfAnyNet(net)).toEqual({ ...networkConfigOfAnyNet(net, 32), imageSize: 224 });
});

test.each([
  ['res_bottleneck_block', 'x'],
  ['res_bottleneck_linear_block', 'res_bottleneck_linear'],
  ['res_basic_block', 'basic'],
  ['vanilla_block', 'vanilla'],
  ['v_block', 'v'],
  ['vr_block', 'vr'],
])('networkConfigOfAnyNet makes %s block %s', (blockType, block) => {
  expect(networkConfigOfAnyNet({ ...net, block_type: blockType, se_r: 0 }, 32).block).toBe(block);
});

test('networkConfigOfAnyNet drops bottlenecks, groups and squeeze-excitation where the block has none', () => {
  const { stages, squeezeExcitationRatio } = networkConfigOfAnyNet({ ...net, block_type: 'vanilla_block' }, 32);
  expect(stages.map(({ bottleneckRatio, groupWidth }) => [bottleneckRatio, groupWidth])).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(squeezeExcitationRatio).toBe(0);
});

test('networkConfigOfAnyNet refuses an unknown block type', () => {
  expect(() => networkConfigOfAnyNet({ ...net, block_type: 'z' }, 32)).toThrow(
    'block_type: unknown block type "z" (valid: res_bottleneck_block,',
  );
});
