import { expect, test } from '@jest/globals';
import { benchmarkNetworks } from './index.js';

test('the benchmark networks have compatible widths and groups', () => {
  for (const { config } of Object.values(benchmarkNetworks)) {
    for (const { width, groupWidth } of config.stages) expect(width % groupWidth).toBe(0);
  }
});
