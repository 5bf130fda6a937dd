import type { Interval } from '@netspace/contracts';
import { checkConfidence, fail } from './check-values.js';
import { normalQuantile, normalSurvival } from './normal-distribution.js';

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
  checkCorrelation(r, n);
  checkConfidence(confidence);
  if (n < 4) return { low: -1, high: 1 };
  const reach = -normalQuantile((1 - confidence) / 2) * Math.sqrt((1 + r ** 2 / 2) / (n - 3));
  return { low: Math.tanh(Math.atanh(r) - reach), high: Math.tanh(Math.atanh(r) + reach) };
}

/**
 * Chances, by the same transformation, of a correlation of at least r were the population's 0 or below (`greaterP`), and of
 * at most r were it 0 or above (`lessP`). Where there is no correlation the variance is 1 / (n - 3).
 *
 * @param r - Of the sample, in [-1, 1].
 * @param n - Number of its pairs, an integer; below 4 both are 1.
 * @throws InvalidInputError where an argument is outside its range.
 * @example
 * import { rankCorrelationTails } from '@netspace/statistics';
 * rankCorrelationTails(0.3, 40).greaterP.toFixed(3); // => '0.030'
 */
export function rankCorrelationTails(r: number, n: number): { greaterP: number; lessP: number } {
  checkCorrelation(r, n);
  if (n < 4) return { greaterP: 1, lessP: 1 };
  const z = Math.atanh(r) * Math.sqrt(n - 3);
  return { greaterP: normalSurvival(z), lessP: normalSurvival(-z) };
}

function checkCorrelation(r: number, n: number): void {
  if (!(Math.abs(r) <= 1)) fail('r', r, 'a number from -1 to 1');
  if (!(Number.isInteger(n) && n >= 1)) fail('n', n, 'an integer of at least 1');
}
