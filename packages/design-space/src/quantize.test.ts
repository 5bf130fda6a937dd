import { describe, expect, test } from '@jest/globals';
import { isMultiple, multiplesOf } from './quantize.js';

// What Python's Decimal(steps) * Decimal(str(quantum)) is as a float.
test.each([
  [0.1, 253, 25.3],
  [0.1, 3, 0.3],
  [0.001, 2057, 2.057],
  [1 / 128, 3, 0.0234375],
  [1e-10, 12345, 0.0000012345],
  [8, 5, 40],
  [0.25, -3, -0.75],
])('multiplesOf(%d)(%d) is %d', (quantum, steps, expected) => {
  expect(multiplesOf(quantum)(steps)).toBe(expected);
});

describe('isMultiple', () => {
  test.each([
    [255.9, 0.1, true],
    [2.057, 0.001, true],
    [0, 8, true],
    [-8, 8, true],
    [255.95, 0.1, false],
    [12, 8, false],
    [0.5, 1, false],
  ])('isMultiple(%d, %d) is %j', (value, quantum, expected) => {
    expect(isMultiple(value, quantum)).toBe(expected);
  });
});
