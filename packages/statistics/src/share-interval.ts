import type { Interval } from '@netspace/contracts';
import { betaCdf, betaQuantile } from './beta-distribution.js';
import { checkConfidence, fail } from './check-values.js';

/**
 * Where the share of a population lies of which `hits` of n random members are: the exact interval of Clopper and Pearson
 * (Biometrika 26(4), 1934). It covers at least as often as it says.
 *
 * @param hits - An integer from 0 to n.
 * @param n - An integer of at least 1.
 * @param confidence - In (0, 1); 0.95 unless told.
 * @throws InvalidInputError where an argument is outside its range.
 * @example
 * import { shareInterval } from '@netspace/statistics';
 * shareInterval(0, 24).high.toFixed(4); // => '0.1425'
 */
export function shareInterval(hits: number, n: number, confidence = 0.95): Interval {
  checkHits(hits, n);
  checkConfidence(confidence);
  const tail = (1 - confidence) / 2;
  return {
    low: hits === 0 ? 0 : betaQuantile(tail, hits, n - hits + 1),
    high: hits === n ? 1 : 1 - betaQuantile(tail, n - hits, hits + 1),
  };
}

/**
 * Exact binomial chances of at least so many hits, were the share at most `share` (`greaterP`), and of at most so many,
 * were it at least `share` (`lessP`).
 *
 * @param hits - An integer from 0 to n.
 * @param n - An integer of at least 1.
 * @param share - In (0, 1).
 * @throws InvalidInputError where an argument is outside its range.
 * @example
 * import { shareTails } from '@netspace/statistics';
 * shareTails(3, 3, 0.5).greaterP.toFixed(3); // => '0.125'
 */
export function shareTails(hits: number, n: number, share: number): { greaterP: number; lessP: number } {
  checkHits(hits, n);
  if (!(share > 0 && share < 1)) fail('share', share, 'a number between 0 and 1');
  return {
    greaterP: hits === 0 ? 1 : betaCdf(share, hits, n - hits + 1),
    lessP: hits === n ? 1 : 1 - betaCdf(share, hits + 1, n - hits),
  };
}

function checkHits(hits: number, n: number): void {
  if (!(Number.isInteger(n) && n >= 1)) fail('n', n, 'an integer of at least 1');
  if (!(Number.isInteger(hits) && hits >= 0 && hits <= n)) fail('hits', hits, `an integer from 0 to ${n}`);
}
