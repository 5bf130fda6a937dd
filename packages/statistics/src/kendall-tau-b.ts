import { checkPairs, checkVaries } from './check-values.js';

/**
 * Kendall's rank correlation tau-b of pairs, in [-1, 1]: (concordant - discordant pairs) / sqrt(pairs not tied in x * pairs not
 * tied in y). O(n^2) time.
 *
 * @param x - At least two values, not all equal.
 * @param y - As many, not all equal.
 * @throws InvalidInputError where there are fewer than two pairs, a number is not finite, the lengths differ, or x or
 * y does not vary: then no correlation is defined.
 * @example
 * import { kendallTauB } from '@netspace/statistics';
 * kendallTauB([1, 2, 3, 4], [1, 3, 2, 4]).toFixed(4); // => '0.6667'
 */
export function kendallTauB(x: readonly number[], y: readonly number[]): number {
  checkPairs(x, y, 2);
  checkVaries('x', x);
  checkVaries('y', y);
  let excess = 0;
  let untiedX = 0;
  let untiedY = 0;
  for (let i = 1; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const signX = Math.sign(x[i]! - x[j]!);
      const signY = Math.sign(y[i]! - y[j]!);
      excess += signX * signY;
      untiedX += signX * signX;
      untiedY += signY * signY;
    }
  }
  return excess / Math.sqrt(untiedX * untiedY);
}
