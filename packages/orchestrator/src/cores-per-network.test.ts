import { availableParallelism } from 'node:os';
import { expect, test } from '@jest/globals';
import { coresPerNetwork } from './cores-per-network.js';

test('one network has every core, a network a core has one, and none has less', () => {
  const cores = availableParallelism();
  expect(coresPerNetwork(1)).toBe(cores);
  expect(coresPerNetwork(cores)).toBe(1);
  expect(coresPerNetwork(cores + 1)).toBe(1);
  expect(coresPerNetwork(0)).toBe(cores);
});
