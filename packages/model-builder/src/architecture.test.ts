import { expect, test } from '@jest/globals';
import {
  type Architecture,
  type BlockType,
  InvalidInputError,
  type LayerBuilder,
  type StemType,
} from '@netspace/contracts';
import { smallNetwork } from './fixtures/small-network.js';
import { buildGraph, checkArchitecture, complexityOf, layerTable, shippedArchitecture } from './index.js';

const depthwiseSeparable: BlockType = (builder, input, { width, stride }) => {
  const groups = builder.channelsOf(input);
  const x = builder.batchNorm('a_bn', builder.conv('a', input, groups, { kernel: 3, stride, groups }));
  return builder.relu('b_af', builder.batchNorm('b_bn', builder.conv('b', x, width, { kernel: 1 })));
};

const patchifyStem: StemType = (builder, images, width) =>
  builder.conv('conv', images, width, { kernel: 5, stride: 4 });

const withBlock = (block: BlockType): Architecture => ({ ...shippedArchitecture, blocks: { mine: block } });

test('a block of your own can be built, counted and tabulated', () => {
  const architecture = withBlock(depthwiseSeparable);
  const config = { ...smallNetwork, block: 'mine' };
  const layers = buildGraph(config, architecture).nodes.map(({ layer }) => layer);
  expect(layers.filter((layer) => layer.startsWith('s1.b2'))).toEqual(
    ['a', 'a_bn', 'b', 'b_bn', 'b_af'].map((layer) => `s1.b2.${layer}`),
  );
  expect(layerTable(config, architecture).map(({ layer }) => layer)).toEqual(layers.slice(1));
  // Stem 3 -> 4 at 8x8; block one 4 -> 8, block two 8 -> 8, both at 4x4; linear 8 -> 10 with bias.
  expect(complexityOf(config, architecture)).toEqual({
    flops: 27 * 4 * 64 + (9 * 4 + 4 * 8 + 9 * 8 + 8 * 8) * 16 + 90,
    params: 27 * 4 + 2 * 4 + (9 * 4 + 2 * 4 + 4 * 8 + 2 * 8) + (9 * 8 + 2 * 8 + 8 * 8 + 2 * 8) + 90,
    acts: 4 * 64 + (4 + 8 + 8 + 8) * 16 + 10,
  });
});

test('a stem of your own can be built and counted', () => {
  const architecture = { ...shippedArchitecture, stems: { patchify: patchifyStem } };
  const config = { ...smallNetwork, stem: { type: 'patchify', width: 4 } };
  expect(buildGraph(config, architecture).nodes[1]).toMatchObject({
    layer: 'stem.conv',
    padding: 2,
    shape: { height: 2 },
  });
  expect(complexityOf(config, architecture).acts).toBe(4 * 4 + 8 * (1 + 4 + 1 + 1) + 8 * 3 + 10);
});

test('checkArchitecture(architecture) accepts all that netspace ships, and blocks and stems of your own', () => {
  expect(() => checkArchitecture(shippedArchitecture)).not.toThrow();
  expect(() =>
    checkArchitecture({ blocks: { mine: depthwiseSeparable }, stems: { mine: patchifyStem } }),
  ).not.toThrow();
  expect(() => checkArchitecture({ blocks: {}, stems: {} })).not.toThrow();
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Behind an output of the right shape, so that nothing but the fault is wrong. */
const rightShape: BlockType = (builder, input, { width, stride }) =>
  builder.conv('last', input, width, { kernel: 1, stride });

/** Blocks with a fault: the message of a build in the small network, and that of the check. */
const faulty: readonly [string, BlockType, string, string][] = [
  [
    'adds different shapes',
    (builder, input) => builder.add('add', input, builder.globalAveragePool('pool', input)),
    'block "mine", layer s1.b1.add: got [4, 1, 1] to add (valid: [4, 8, 8])',
    'layer s1.b1.add: got [64, 1, 1] to add (valid: [64, 14, 14])',
  ],
  [
    'scales by a whole image',
    (builder, input) => builder.scale('a_af', input, builder.sigmoid('a_sig', input)),
    'block "mine", layer s1.b1.a_af: got factors [4, 8, 8] for [4, 8, 8] (valid: [4, 1, 1])',
    'layer s1.b1.a_af: got factors [64, 14, 14] for [64, 14, 14] (valid: [64, 1, 1])',
  ],
  [
    'has groups that do not divide the channels',
    (builder, input, { width }) => builder.conv('a', input, width, { kernel: 3, groups: 3 }),
    'block "mine", layer s1.b1.a: got 3 groups for 4 input and 8 output channels (valid: a divisor of both)',
    'layer s1.b1.a: got 3 groups for 64 input and 64 output channels (valid: a divisor of both)',
  ],
  [
    'throws an error of its own',
    () => {
      throw new TypeError('no such width');
    },
    'block "mine", s1.b1: no such width',
    's1.b1: no such width',
  ],
  [
    'keeps the width of its input',
    (builder, input, { stride }) => builder.conv('a', input, builder.channelsOf(input), { kernel: 3, stride }),
    'block "mine", s1.b1: returns [4, 4, 4] (valid: [8, 4, 4])',
    's1.b1: returns [64, 14, 14] (valid: [96, 14, 14])',
  ],
  [
    'forgets the stride',
    (builder, input, { width }) => builder.conv('a', input, width, { kernel: 3 }),
    'block "mine", s1.b1: returns [8, 8, 8] (valid: [8, 4, 4])',
    's1.b1: returns [64, 14, 14] (valid: [64, 7, 7])',
  ],
];

test.each(faulty)('a block that %s is named with its layer and both shapes', (_, block, message, checked) => {
  const config = { ...smallNetwork, block: 'mine' };
  const architecture = withBlock(block);
  for (const use of [buildGraph, layerTable]) {
    expect(messageOf(() => use(config, architecture))).toBe(message);
  }
  expect(() => checkArchitecture(architecture)).toThrow(`, behind 64 channels, ${checked}`);
});

const seenByCounting = faulty.filter(([fault]) => /^(adds|scales|throws)/.test(fault));

test.each(seenByCounting)('complexityOf(config, architecture) names a block that %s', (_, block, message) => {
  expect(messageOf(() => complexityOf({ ...smallNetwork, block: 'mine' }, withBlock(block)))).toBe(message);
});

/** Faults that counting does not see, as it knows no names and no single values. */
const unseen: readonly [string, BlockType, string][] = [
  [
    'has an even kernel',
    (builder, input, options) => builder.maxPool('pool', rightShape(builder, input, options), { kernel: 2, stride: 1 }),
    'layer s1.b1.pool: got kernel 2 (valid: an odd integer)',
  ],
  [
    'has a stride of 0',
    (builder, input) => builder.conv('a', input, 64, { kernel: 1, stride: 0 }),
    'layer s1.b1.a: got stride 0 (valid: an integer of at least 1)',
  ],
  [
    'uses a name twice',
    (builder, input, options) => builder.relu('last', rightShape(builder, input, options)),
    'layer s1.b1.last: there are two layers of this name (valid: distinct names in a block)',
  ],
  [
    'returns nothing',
    (() => undefined) as unknown as BlockType,
    's1.b1: got undefined (valid: an activation of this builder)',
  ],
  [
    'has a fraction of a channel',
    (builder, input) => builder.conv('a', input, 2.5, { kernel: 1 }),
    'layer s1.b1.a: got 2.5 channels (valid: an integer from 1 to 1048575)',
  ],
  [
    'connects an image fully',
    (builder, input, { width }) => builder.linear('fc', input, width),
    'layer s1.b1.fc: got [64, 14, 14] (valid: [64, 1, 1])',
  ],
];

test.each(unseen)('checkArchitecture(architecture) refuses a block that %s', (_, block, message) => {
  expect(() => checkArchitecture(withBlock(block))).toThrow(`, behind 64 channels, ${message}`);
});

test('checkArchitecture(architecture) tries bottlenecks, groups and squeeze-excitation', () => {
  const seen = new Set<string>();
  const block: BlockType = (builder, input, options) => {
    const { width, stride, bottleneckWidth, groupWidth, squeezeExcitationRatio } = options;
    seen.add(`${width}/${stride}`);
    expect(bottleneckWidth % groupWidth).toBe(0);
    seen.add(`${width / bottleneckWidth} ${squeezeExcitationRatio}`);
    return rightShape(builder, input, options);
  };
  checkArchitecture(withBlock(block));
  expect([...seen].sort()).toEqual(['1 0', '2 0.25', '64/1', '64/2', '96/1', '96/2']);
});

test('checkArchitecture(architecture) refuses a stem of another width', () => {
  const stem = (builder: LayerBuilder, images: Parameters<StemType>[1]): ReturnType<StemType> =>
    builder.conv('conv', images, 32, { kernel: 3 });
  expect(() => checkArchitecture({ blocks: {}, stems: { mine: stem } })).toThrow(
    'stem "mine" of width 48, stem: returns [32, 32, 32] (valid: [48, 32, 32])',
  );
});

test('an error that names its file keeps it', () => {
  const block: BlockType = () => {
    throw new InvalidInputError({ file: '/lab/mine.mjs', problem: 'no such width' });
  };
  expect(() => complexityOf({ ...smallNetwork, block: 'mine' }, withBlock(block))).toThrow(
    '/lab/mine.mjs: block "mine", s1.b1: no such width',
  );
});
