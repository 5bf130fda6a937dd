import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { arbitraryNetwork } from './fixtures/arbitrary-network.js';
import { smallNetwork } from './fixtures/small-network.js';
import { complexityOf, layerTable } from './index.js';

test('layerTable has a row for each layer, in the order they run', () => {
  const table = layerTable({ ...smallNetwork, block: 'v', stages: [{ ...smallNetwork.stages[0]!, depth: 1 }] });
  expect(table.map(({ layer, operation, shape }) => [layer, operation, shape])).toEqual([
    ['stem.conv', 'conv', [4, 8, 8]],
    ['stem.bn', 'batch_norm', [4, 8, 8]],
    ['stem.af', 'relu', [4, 8, 8]],
    ['s1.b1.a', 'conv', [8, 4, 4]],
    ['s1.b1.a_bn', 'batch_norm', [8, 4, 4]],
    ['s1.b1.a_af', 'relu', [8, 4, 4]],
    ['head.avg_pool', 'global_average_pool', [8, 1, 1]],
    ['head.fc', 'linear', [10, 1, 1]],
  ]);
  expect(table[3]).toMatchObject({ flops: 9 * 4 * 8 * 16, params: 9 * 4 * 8, acts: 8 * 16 });
  expect(table[4]).toMatchObject({ flops: 0, params: 16, acts: 0 });
  expect(table[7]).toMatchObject({ flops: 90, params: 90, acts: 10 });
});

test('layerTable adds up to complexityOf', () => {
  fc.assert(
    fc.property(arbitraryNetwork, (config) => {
      const total = { flops: 0, params: 0, acts: 0 };
      for (const row of layerTable(config)) {
        total.flops += row.flops;
        total.params += row.params;
        total.acts += row.acts;
      }
      expect(total).toEqual(complexityOf(config));
    }),
  );
});
