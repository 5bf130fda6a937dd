import { expect, test } from '@jest/globals';
import { TimeLeft } from './time-left.js';

test('TimeLeft extrapolates the work done, after the first ten seconds', () => {
  let now = 100;
  const timeLeft = new TimeLeft(10, () => now);
  now = 105;
  timeLeft.add(1);
  expect(timeLeft.seconds(0)).toBeUndefined();
  now = 120;
  // 1 + 1 of 10 in 20 s: 8 more take 80 s.
  expect(timeLeft.seconds(1)).toBe(80);
  timeLeft.add(9);
  expect(timeLeft.seconds(0)).toBe(0);
});
