import { expect, test } from '@jest/globals';
import { worstDifference } from './index.js';

test('worstDifference names the tensor that is furthest off, relative to its norm', () => {
  const expected = new Map([
    ['a', Float32Array.of(3, 4)],
    ['b', Float32Array.of(1, 0)],
  ]);
  expect(worstDifference(expected, expected)).toEqual({ error: 0, name: '' });
  const actual = new Map([
    ['a', Float32Array.of(3, 4.5)],
    ['b', Float32Array.of(1, 0.2)],
  ]);
  expect(worstDifference(actual, expected)).toEqual({ error: expect.closeTo(0.2, 6), name: 'b' });
  const lost = new Map([...expected, ['a', Float32Array.of(NaN, 4)]]);
  expect(worstDifference(lost, expected)).toEqual({ error: Infinity, name: 'a' });
  expect(worstDifference(new Map([...expected, ['a', Float32Array.of(3)]]), expected).error).toBe(Infinity);
});
