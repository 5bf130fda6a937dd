import type { Interval } from '@netspace/contracts';
import { checkConfidence, fail } from './check-values.js';
import { normalQuantile } from './normal-distribution.js';

/**
 * Where Spearman's correlation of a population lies: by Fisher's transformation with the variance
 * (1 + r^2 / 2) / (n - 3) of Bonett and Wright (Psychometrika 65(1), 2000).
 *
 * @param r - Of the sample, in [-1, 1].
 * @param n - Number of its pairs, an integer; below 4 the interval is all of [-1, 1].
 * @param confidence - In (0, 1); 0.95 unless told.
 * @throws InvalidInputError where an argument is outside its range.
 * @example
 * import { rankCorrelationInterval } from '@netspace/statistics';
 * const { low, high } = rankCorrelationInterval(0.9, 100);
 * [low.toFixed(3), high.toFixed(3)]; // => ['0.844', '0.936']
 */
export function rankCorrelationInterval(r: number, n: number, confidence = 0.95): Interval {
  if (!(Math.abs(r) <= 1)) fail('r', r, 'a number from -1 to 1');
  if (!(Number.isInteger(n) && n >= 1)) fail('n', n, 'an integer of at least 1');
  checkConfidence(confidence);
  if (n < 4) return { low: -1, high: 1 };
  const reach = -normalQuantile((1 - confidence) / 2) * Math.sqrt((1 + r ** 2 / 2) / (n - 3));
  return { low: Math.tanh(Math.atanh(r) - reach), high: Math.tanh(Math.atanh(r) + reach) };
}
