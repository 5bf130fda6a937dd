import { expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import { edfBand, expectedHalfWidths, hodgesLehmann } from './index.js';

test('expectedHalfWidths(n, spread) are those of simulated populations', () => {
  const random = openRandom(4, 'half-widths');
  const errors = (): number[] => Array.from({ length: 60 }, () => 50 + 3 * random.normal());
  const runs = 150;
  let [median, band] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const [a, b] = [errors(), errors()];
    const { low, high } = hodgesLehmann(a, b).interval!;
    median += (high - low) / 2 / runs;
    const { lower, upper } = edfBand(a).steps[29]!;
    band += (upper - lower) / 2 / runs;
  }
  const expected = expectedHalfWidths(60, 3);
  expect(Math.abs(median / expected.medianDifference - 1)).toBeLessThan(0.04);
  expect(Math.abs(band / expected.band - 1)).toBeLessThan(0.06);
});

test.each([
  [1, 3, 'n: got 1 (valid: an integer of at least 2)'],
  [20, 0, 'spread: got 0 (valid: a number above 0)'],
])('expectedHalfWidths(%d, %d) is refused', (n, spread, message) => {
  expect(() => expectedHalfWidths(n, spread)).toThrow(message);
});
