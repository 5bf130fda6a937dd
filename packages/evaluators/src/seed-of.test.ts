import { expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import { seedOf } from './seed-of.js';

test('seedOf(studySeed, networkId, 0) is the seed of a study without replicates', () => {
  // As netspace 0.1 drew them.
  expect(seedOf(1, '873678cd6957', 0)).toBe(openRandom(1, 'network', '873678cd6957').integer(0, 0x7fffffff));
  expect(seedOf(1, '873678cd6957', 0)).toBe(860394389);
});

test('seedOf(studySeed, networkId, replicate) differs by each of them', () => {
  const seeds = [seedOf(1, 'a', 0), seedOf(1, 'a', 1), seedOf(1, 'a', 2), seedOf(1, 'b', 0), seedOf(2, 'a', 0)];
  expect(new Set(seeds).size).toBe(5);
  expect(seedOf(1, 'a', 1)).toBe(openRandom(1, 'network', 'a', 'replicate', 1).integer(0, 0x7fffffff));
});
