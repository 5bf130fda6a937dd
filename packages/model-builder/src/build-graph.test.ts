import { expect, test } from '@jest/globals';
import type { NetworkConfig, NetworkGraph } from '@netspace/contracts';
import fc from 'fast-check';
import { arbitraryNetwork } from './fixtures/arbitrary-network.js';
import { readFixture } from './fixtures/read-fixture.js';
import { smallNetwork } from './fixtures/small-network.js';
import { buildGraph } from './index.js';

interface StateDict {
  readonly config: NetworkConfig;
  readonly parameters: readonly [name: string, shape: number[]][];
  readonly buffers: readonly [name: string, shape: number[]][];
}

test.each(readFixture<StateDict>('state-dicts.json').map((row) => ({ block: row.config.block, row })))(
  'buildGraph names and shapes the tensors of block $block as the PyTorch state dict, in its order',
  ({ row }) => {
    const { parameters, buffers } = buildGraph(row.config);
    expect(parameters.map(({ name, shape }) => [name, shape])).toEqual(row.parameters);
    expect(buffers.map(({ name, shape }) => [name, shape])).toEqual(row.buffers);
  },
);

test('buildGraph gives nodes in topological order, with names that are used once', () => {
  fc.assert(
    fc.property(arbitraryNetwork, (config) => {
      const { nodes, output, parameters, buffers } = buildGraph(config);
      nodes.forEach((node, index) => {
        expect(node.id).toBe(index);
        expect(node.inputs.every((input) => input < index)).toBe(true);
      });
      expect(nodes.filter(({ op }) => op === 'input').map(({ id }) => id)).toEqual([0]);
      expect(output).toBe(nodes.length - 1);
      for (const names of [nodes.map(({ layer }) => layer), [...parameters, ...buffers].map(({ name }) => name)]) {
        expect(new Set(names).size).toBe(names.length);
      }
    }),
  );
});

test('buildGraph gives shapes that fit together, and the logits as output', () => {
  fc.assert(
    fc.property(arbitraryNetwork, (config) => {
      const { nodes, output } = buildGraph(config);
      for (const node of nodes) {
        const [first, second] = node.inputs.map((input) => nodes[input]!.shape);
        if (node.op === 'conv' || node.op === 'max_pool') {
          // Output size of PyTorch's Conv2d and MaxPool2d.
          expect(node.shape.height).toBe(
            Math.floor((first!.height + 2 * node.padding - node.kernel) / node.stride) + 1,
          );
        }
        if (node.op === 'add') expect([first, second]).toEqual([node.shape, node.shape]);
        if (node.op === 'scale') {
          expect(first).toEqual(node.shape);
          expect(second).toEqual({ channels: node.shape.channels, height: 1, width: 1 });
        }
        expect(node.shape.width).toBe(node.shape.height);
      }
      expect(nodes[output]!.shape).toEqual({ channels: config.classes, height: 1, width: 1 });
    }),
  );
});

test('buildGraph reduces the size by the stem and by the first block of each stage', () => {
  const stage = { ...smallNetwork.stages[0]!, depth: 2 };
  const config = { ...smallNetwork, stem: { type: 'res_stem_in', width: 4 }, stages: [stage, stage], imageSize: 224 };
  const sizeOf = (layer: string): number | undefined =>
    buildGraph(config).nodes.find((node) => node.layer === layer)?.shape.height;
  expect(['stem.conv', 'stem.pool', 's1.b1.af', 's1.b2.af', 's2.b1.af', 's2.b2.af'].map(sizeOf)).toEqual([
    112, 56, 28, 28, 14, 14,
  ]);
});

test("buildGraph makes block r as block x with one group, whatever the group's width", () => {
  const oneGroup = { ...smallNetwork.stages[0]!, groupWidth: 8 };
  const r = buildGraph({ ...smallNetwork, block: 'r' });
  expect(r).toEqual(buildGraph({ ...smallNetwork, stages: [oneGroup] }));
});

test('buildGraph uses the batch normalisation settings of pycls', () => {
  const batchNorms = buildGraph(smallNetwork).nodes.filter((node) => node.op === 'batch_norm');
  expect(batchNorms).toHaveLength(8);
  for (const { epsilon, momentum } of batchNorms) expect([epsilon, momentum]).toEqual([1e-5, 0.1]);
});

test('buildGraph puts the shortcut through a projection only where the shape changes', () => {
  const projections = (graph: NetworkGraph): string[] =>
    graph.nodes.map(({ layer }) => layer).filter((layer) => layer.endsWith('proj'));
  const stage = { ...smallNetwork.stages[0]!, stride: 1 };
  expect(projections(buildGraph(smallNetwork))).toEqual(['s1.b1.proj']);
  expect(projections(buildGraph({ ...smallNetwork, stages: [stage] }))).toEqual(['s1.b1.proj']);
  expect(projections(buildGraph({ ...smallNetwork, stages: [{ ...stage, width: 4 }] }))).toEqual([]);
});

const stage = smallNetwork.stages[0]!;

test.each<[Partial<NetworkConfig>, string]>([
  [{ block: 'z' }, 'block: got "z" (valid: x, y, r, basic, vanilla, v, vr, res_bottleneck_linear)'],
  [{ stem: { type: 'z', width: 4 } }, 'stem.type: got "z" (valid: res_stem_cifar, simple_stem_in, res_stem_in)'],
  [{ stem: { type: 'res_stem_in', width: 0 } }, 'stem.width: got 0 (valid: an integer from 1 to 1048575)'],
  [{ stages: [] }, 'stages: is empty (valid: at least 1 stage)'],
  [
    { stages: [stage, { ...stage, depth: 0 }] },
    'stages[1].depth: got 0 (valid: an integer of at least 1, with at most 100000 blocks in all stages together)',
  ],
  [
    { stages: [{ ...stage, depth: 1e6 }] },
    'stages[0].depth: got 1000000 (valid: an integer of at least 1, with at most 100000 blocks in all stages together)',
  ],
  [
    {
      stages: [
        { ...stage, depth: 60_000 },
        { ...stage, depth: 40_001 },
      ],
    },
    'stages[1].depth: got 40001 (valid: an integer of at least 1, with at most 100000 blocks in all stages together)',
  ],
  [{ block: 'bsic' }, 'block: got "bsic"; did you mean "basic"? (valid: x, y, r, basic,'],
  [{ block: 'constructor' }, 'block: got "constructor" (valid: x, y, r,'],
  [{ stem: { type: 'res_stem_cifr', width: 4 } }, 'stem.type: got "res_stem_cifr"; did you mean "res_stem_cifar"?'],
  [{ stages: [{ ...stage, width: 8.5 }] }, 'stages[0].width: got 8.5 (valid: an integer from 1 to 1048575)'],
  [{ stages: [{ ...stage, stride: 3 }] }, 'stages[0].stride: got 3 (valid: 1 or 2)'],
  [{ stages: [{ ...stage, bottleneckRatio: 0 }] }, 'stages[0].bottleneckRatio: got 0 (valid: a number above 0)'],
  [
    { stages: [{ ...stage, bottleneckRatio: 100 }] },
    'stages[0].bottleneckRatio: got 100 (valid: one that makes width / b an integer from 1 to 1048575)',
  ],
  [{ stages: [{ ...stage, groupWidth: 0 }] }, 'stages[0].groupWidth: got 0 (valid: an integer of at least 1)'],
  [
    { stages: [{ ...stage, groupWidth: 3 }] },
    'stages[0].groupWidth: got 3 (valid: a divisor of the bottleneck width 8)',
  ],
  [{ squeezeExcitationRatio: NaN }, 'squeezeExcitationRatio: got NaN (valid: a number from 0 to 1)'],
  [{ headWidth: -1 }, 'headWidth: got -1 (valid: 0, or an integer from 1 to 1048575)'],
  [{ classes: 0 }, 'classes: got 0 (valid: an integer from 1 to 1048575)'],
  [{ imageSize: 5000 }, 'imageSize: got 5000 (valid: an integer from 1 to 4095)'],
  [{ imageChannels: 0.5 }, 'imageChannels: got 0.5 (valid: an integer from 1 to 1048575)'],
])('buildGraph of a network with %j throws "%s"', (change, message) => {
  expect(() => buildGraph({ ...smallNetwork, ...change })).toThrow(message);
});
