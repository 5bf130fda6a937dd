import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PriorityQueue } from './priority-queue.js';

test('PriorityQueue pops in ascending order, then undefined, also after a pop in between', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.array(fc.integer()), (first, second) => {
      const queue = new PriorityQueue<{ bound: number }>();
      first.forEach((bound) => queue.push({ bound }));
      const smallest = queue.pop()?.bound;
      second.forEach((bound) => queue.push({ bound }));
      const rest = [...first.sort((a, b) => a - b).slice(1), ...second].sort((a, b) => a - b);
      expect(smallest).toBe(first[0]);
      expect(rest.map(() => queue.pop()?.bound)).toEqual(rest);
      expect(queue.pop()).toBeUndefined();
    }),
  );
});
