import { expect, test } from '@jest/globals';
import type { BlockType, Complexity, GraphNode, NetworkConfig } from '@netspace/contracts';
import fc from 'fast-check';
import { arbitraryNetwork } from './fixtures/arbitrary-network.js';
import { readFixture } from './fixtures/read-fixture.js';
import { smallNetwork } from './fixtures/small-network.js';
import { buildGraph, complexityOf, shippedArchitecture } from './index.js';

interface Row extends Complexity {
  readonly config: NetworkConfig;
}

test.each(readFixture<Row>('anynet-complexity.json').map((row, index) => ({ index, block: row.config.block, row })))(
  "complexityOf equals pycls' count of row $index, block $block",
  ({ row: { config, flops, params, acts } }) => {
    expect(complexityOf(config)).toEqual({ flops, params, acts });
  },
);

test('complexityOf equals a count by hand', () => {
  // Stem 3x3 (8x8), first block: projection, 1x1 at 8x8, 3x3 in two groups at 4x4, 1x1; second block; linear.
  const convs = [
    [27 * 4, 64],
    [4 * 8, 16],
    [4 * 8, 64],
    [9 * 4 * 8, 16],
    [8 * 8, 16],
    [8 * 8, 16],
    [9 * 4 * 8, 16],
    [8 * 8, 16],
  ] as const;
  const batchNorms = 2 * (4 + 7 * 8);
  expect(complexityOf(smallNetwork)).toEqual({
    flops: convs.reduce((sum, [weights, positions]) => sum + weights * positions, 0) + 90,
    params: convs.reduce((sum, [weights]) => sum + weights, 0) + batchNorms + 90,
    acts: 4 * 64 + 8 * (16 + 64 + 16 + 16) + 8 * (16 + 16 + 16) + 10,
  });
});

test('complexityOf equals the sum over the nodes of the graph, for every block and stem', () => {
  fc.assert(
    fc.property(arbitraryNetwork, (config) => {
      const { nodes, parameters } = buildGraph(config);
      const count = parameters.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
      const total = nodes.map((node) => costOf(node, nodes)).reduce(plus);
      expect(complexityOf(config)).toEqual({ ...total, params: count });
    }),
    { numRuns: 300 },
  );
});

test('complexityOf grows by the same amount with every further block of a stage', () => {
  fc.assert(
    fc.property(arbitraryNetwork, ({ stages, ...config }) => {
      const [one, two, three] = [1, 2, 3].map((depth) =>
        complexityOf({ ...config, stages: [{ ...stages[0]!, depth }, ...stages.slice(1)] }),
      );
      expect(three!.flops - two!.flops).toBe(two!.flops - one!.flops);
      expect(three!.params - two!.params).toBe(two!.params - one!.params);
      expect(three!.acts - two!.acts).toBe(two!.acts - one!.acts);
    }),
  );
});

test('complexityOf rounds the reduced width of squeeze-excitation half to even', () => {
  const reducedWidth = (width: number): number => {
    const stage = { depth: 2, width, stride: 1, bottleneckRatio: 1, groupWidth: 1 };
    const config = { ...smallNetwork, stem: { type: 'res_stem_cifar', width }, stages: [stage] };
    const squeezed = complexityOf({ ...config, block: 'y', squeezeExcitationRatio: 0.25 });
    // Two blocks, each with width -> reduced -> width and their biases.
    return (squeezed.params - complexityOf(config).params - 2 * width) / (2 * (2 * width + 1));
  };
  expect([8, 10, 12, 14, 18].map(reducedWidth)).toEqual([2, 2, 3, 4, 4]);
});

test('complexityOf adds no squeeze-excitation whose reduced width is 0', () => {
  const config = { ...smallNetwork, stages: [{ ...smallNetwork.stages[0]!, depth: 1 }] };
  const squeezed = { ...config, block: 'y', squeezeExcitationRatio: 0.1 };
  expect(complexityOf(squeezed)).toEqual(complexityOf(config));
});

test('complexityOf counts the largest image that there can be', () => {
  const { acts } = complexityOf({ ...smallNetwork, block: 'v', imageSize: 4095 });
  expect(acts).toBe(4 * 4095 ** 2 + 2 * 8 * 2048 ** 2 + 10);
});

test('complexityOf refuses a block with more channels than it can count', () => {
  const million: BlockType = (builder, input) => builder.conv('a', input, 2 ** 20, { kernel: 1 });
  const architecture = { ...shippedArchitecture, blocks: { million } };
  expect(() => complexityOf({ ...smallNetwork, block: 'million' }, architecture)).toThrow(
    'block "million", s1.b1: got 1048576 channels (valid: at most 1048575)',
  );
});

test('complexityOf counts a hundred thousand blocks as one, many times', () => {
  const deep = (depth: number): NetworkConfig => ({ ...smallNetwork, stages: [{ ...smallNetwork.stages[0]!, depth }] });
  const [two, three, most] = [2, 3, 100_000].map((depth) => complexityOf(deep(depth)));
  expect(most!.flops).toBe(two!.flops + 99_998 * (three!.flops - two!.flops));
  expect(most!.params).toBe(two!.params + 99_998 * (three!.params - two!.params));
});

test('complexityOf refuses an unknown block type', () => {
  expect(() => complexityOf({ ...smallNetwork, block: 'z' })).toThrow('block: got "z" (valid: x, y,');
});

/** Multiply-adds and activations of one node, from the definition of a convolution. */
function costOf(node: GraphNode, nodes: readonly GraphNode[]): Omit<Complexity, 'params'> {
  const { channels, height, width } = node.shape;
  const elements = channels * height * width;
  const inputs = nodes[node.inputs[0] ?? 0]!.shape.channels;
  switch (node.op) {
    case 'conv': {
      const perElement = node.kernel * node.kernel * (inputs / node.groups) + (node.bias === undefined ? 0 : 1);
      return { flops: elements * perElement, acts: elements };
    }
    case 'linear':
      return { flops: elements * (inputs + 1), acts: elements };
    case 'max_pool':
      return { flops: 0, acts: elements };
    default:
      return { flops: 0, acts: 0 };
  }
}

function plus(a: Omit<Complexity, 'params'>, b: Omit<Complexity, 'params'>): Omit<Complexity, 'params'> {
  return { flops: a.flops + b.flops, acts: a.acts + b.acts };
}
