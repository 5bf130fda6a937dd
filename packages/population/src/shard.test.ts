import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toyTasks } from './fixtures/toy-tasks.js';
import { shardOf } from './shard.js';

const named = (tasks: ReturnType<typeof shardOf>): string[] =>
  tasks.map(({ arm, network, replicate }) => `${arm} ${network.id} ${replicate}`);

describe('shardOf(tasks, shard)', () => {
  test('shards are of the same size but for one, and have each task once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }), (count, of) => {
        const tasks = [...toyTasks(count), ...toyTasks(count, { arm: 'b', prefix: 'm' })];
        const shards = Array.from({ length: of }, (_, index) => named(shardOf(tasks, { index: index + 1, of })));
        expect(shards.flat().sort()).toEqual(named(tasks).sort());
        const sizes = shards.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('has its share of every arm, by index, all replicates of a network before the next', () => {
    const arms = [...toyTasks(3), ...toyTasks(3, { arm: 'b', prefix: 'm' }), ...toyTasks(3, { replicate: 1 })];
    expect(named(shardOf(arms, { index: 1, of: 2 }))).toEqual(['a n0 0', 'a n0 1', 'b m1 0', 'a n2 0', 'a n2 1']);
  });

  test('what several arms ask for is in one shard', () => {
    const tasks = [...toyTasks(2), ...toyTasks(2, { arm: 'b' })];
    expect(named(shardOf(tasks, { index: 1, of: 2 }))).toEqual(['a n0 0']);
  });

  test('more networks leave the others where they are', () => {
    const before = named(shardOf(toyTasks(5), { index: 2, of: 3 }));
    expect(named(shardOf(toyTasks(9), { index: 2, of: 3 })).slice(0, before.length)).toEqual(before);
  });

  test.each([
    [0, 2],
    [3, 2],
    [1.5, 2],
    [1, 0],
    [1, NaN],
  ])('there is no shard %d of %d', (index, of) => {
    expect(() => shardOf(toyTasks(3), { index, of })).toThrow(`shard: got ${index}/${of} (valid: i/n with`);
  });
});
