import { expect, test } from '@jest/globals';
import { formatSize } from './index.js';

test.each([
  ['exact', 1n, '1'],
  ['exact', 9999n, '9999'],
  ['exact', 10_000n, '1.0e4'],
  ['exact', 16n * 128n * 3n * 6n * 10n ** 16n, '3.7e20'],
  ['at most', 300_000_000n, 'at most 3.0e8'],
  ['at most', 12n, 'at most 12'],
] as const)('formatSize of %s %d is %s', (kind, combinations, text) => {
  expect(formatSize({ kind, combinations, paperEstimate: 0 })).toBe(text);
});
