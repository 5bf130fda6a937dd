import { describe, expect, test } from '@jest/globals';
import type { NetworkGraph } from '@netspace/contracts';
import { derivatives, GraphMaker, worstDifference } from '@netspace/engine-testing';
import { instructionSets, nativeEngine } from './fixtures/native-engines.js';
import { referenceDerivatives } from './fixtures/reference-derivatives.js';

const widths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 24, 40];
const strides = [1, 2, 3];
const kernels = [3, 3, 1, 5, 2];
const maps = [
  [1, 1],
  [5, 7],
  [10, 4],
  [3, 19],
] as const;

/** Two convolutions of `groups` groups, the second with one channel more a group, and batch normalisation between. */
function groupedGraph(width: number, groups: number, stride: number, place: number): NetworkGraph {
  const [height, columns] = maps[place % maps.length]!;
  const kernel = kernels[(place + stride) % kernels.length]!;
  const window = (size: number): { kernel: number; stride: number; padding: number } => ({
    kernel: size,
    stride,
    padding: size >> 1,
  });
  const maker = new GraphMaker({ channels: width * groups, height, width: columns });
  const first = maker.conv(0, width * groups, window(3), groups, stride === 1);
  const second = maker.conv(maker.relu(maker.batchNorm(first)), (width + 1) * groups, window(kernel), groups, true);
  maker.batchNorm(second);
  return maker.graph();
}

describe.each(instructionSets)('convolutions of groups, %s', (isa) => {
  test.each(widths)(
    'of %d channels equal those of the double-precision engine, at every stride and on any map',
    async (width) => {
      const native = await nativeEngine(isa);
      for (const stride of strides)
        for (const [place] of maps.entries())
          for (const groups of [1, 3 + place]) {
            const graph = groupedGraph(width, groups, stride, place);
            const worst = worstDifference(await derivatives(native, graph, 3), await referenceDerivatives(graph, 3));
            expect(worst).toEqual({ name: worst.name, error: expect.closeTo(0, 3) });
          }
    },
  );
});
