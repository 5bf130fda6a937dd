import { expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import { smallNetwork } from './fixtures/small-network.js';
import {
  type BlockType,
  blockTypes,
  buildGraph,
  complexityOf,
  registerBlock,
  registerStem,
  stemTypes,
} from './index.js';

const depthwiseSeparable: BlockType = (builder, input, { width, stride }) => {
  const groups = builder.channelsOf(input);
  const x = builder.batchNorm('a_bn', builder.conv('a', input, groups, { kernel: 3, stride, groups }));
  return builder.relu('b_af', builder.batchNorm('b_bn', builder.conv('b', x, width, { kernel: 1 })));
};

test('registerBlock makes a block that can be built and counted', () => {
  registerBlock('depthwise_separable', depthwiseSeparable);
  const config = { ...smallNetwork, block: 'depthwise_separable' };
  expect(blockTypes().at(-1)).toBe('depthwise_separable');

  const layers = buildGraph(config).nodes.map(({ layer }) => layer);
  expect(layers.filter((layer) => layer.startsWith('s1.b2'))).toEqual(
    ['a', 'a_bn', 'b', 'b_bn', 'b_af'].map((layer) => `s1.b2.${layer}`),
  );
  // Stem 3 -> 4 at 8x8; block one 4 -> 8, block two 8 -> 8, both at 4x4; linear 8 -> 10 with bias.
  expect(complexityOf(config)).toEqual({
    flops: 27 * 4 * 64 + (9 * 4 + 4 * 8 + 9 * 8 + 8 * 8) * 16 + 90,
    params: 27 * 4 + 2 * 4 + (9 * 4 + 2 * 4 + 4 * 8 + 2 * 8) + (9 * 8 + 2 * 8 + 8 * 8 + 2 * 8) + 90,
    acts: 4 * 64 + (4 + 8 + 8 + 8) * 16 + 10,
  });
});

test('registerStem makes a stem that can be built and counted', () => {
  registerStem('patchify_stem', (builder, images, width) =>
    builder.conv('conv', images, width, { kernel: 5, stride: 4 }),
  );
  const config = { ...smallNetwork, stem: { type: 'patchify_stem', width: 4 } };
  expect(stemTypes().at(-1)).toBe('patchify_stem');
  expect(buildGraph(config).nodes[1]).toMatchObject({ layer: 'stem.conv', padding: 2, shape: { height: 2 } });
  expect(complexityOf(config).acts).toBe(4 * 4 + 8 * (1 + 4 + 1 + 1) + 8 * 3 + 10);
});

test('registerBlock and registerStem refuse a name that is taken', () => {
  expect(() => registerBlock('x', depthwiseSeparable)).toThrow(InvalidInputError);
  expect(() => registerStem('res_stem_in', (_builder, images) => images)).toThrow(
    'res_stem_in: a stem of this name is registered already',
  );
});

test.each<[string, BlockType, string]>([
  [
    'adds different shapes',
    (builder, input) => builder.add('add', input, builder.globalAveragePool('pool', input)),
    's1.b1.add: input must be [4, 8, 8], but got [4, 1, 1]',
  ],
  [
    'scales by a whole image',
    (builder, input) => builder.scale('scale', input, input),
    's1.b1.scale: input must be [4, 1, 1], but got [4, 8, 8]',
  ],
  [
    'has groups that do not divide the channels',
    (builder, input) => builder.conv('a', input, 9, { kernel: 3, groups: 3 }),
    's1.b1.a: input channels of a group must be an integer, but got 1.3333333333333333',
  ],
  [
    'has an even kernel',
    (builder, input) => builder.maxPool('pool', input, { kernel: 2, stride: 2 }),
    's1.b1.pool: padding (kernel - 1) / 2 must be an integer, but got 0.5',
  ],
])('buildGraph of a block that %s names the layer', (name, block, message) => {
  registerBlock(name, block);
  expect(() => buildGraph({ ...smallNetwork, block: name })).toThrow(message);
});
