import { expect, test } from '@jest/globals';
import { roundHalfEven } from './round-half-even.js';

// Python 3: round(value).
test.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [-0.5, 0],
  [-1.5, -2],
  [2.4999, 2],
  [2.5001, 3],
  [7, 7],
])('roundHalfEven(%d) is %d', (value, expected) => {
  expect(roundHalfEven(value) + 0).toBe(expected);
});
