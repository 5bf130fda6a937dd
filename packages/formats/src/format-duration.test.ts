import { expect, test } from '@jest/globals';
import { formatDuration } from './format-duration.js';

test.each([
  [0, '0 s'],
  [0.4216, '0.42 s'],
  [9.96, '10 s'],
  [59.4, '59 s'],
  [59.6, '1 min 00 s'],
  [3599, '59 min 59 s'],
  [3600, '1 h 00 min'],
  [7500, '2 h 05 min'],
])('formatDuration(%d) is "%s"', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
