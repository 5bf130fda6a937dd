import { checkConfidence, checkSize } from './check-values.js';

/**
 * Half the width of the Dvoretzky-Kiefer-Wolfowitz band: the EDF of n independent values is nowhere further than this
 * from the true distribution function, with at least this confidence.
 *
 * sqrt(ln(2 / (1 - confidence)) / (2 n)) (Massart, "The Tight Constant in the Dvoretzky-Kiefer-Wolfowitz Inequality",
 * Annals of Probability 18(3), 1990). It holds for every distribution and n; {@link ksHalfWidth} is a little smaller.
 *
 * @param n - Number of values, at least 1.
 * @param confidence - In (0, 1).
 * @throws InvalidInputError where n or the confidence is outside its range.
 * @example
 * import { dkwHalfWidth } from '@netspace/statistics';
 * dkwHalfWidth(100, 0.95).toFixed(4); // => '0.1358'
 */
export function dkwHalfWidth(n: number, confidence: number): number {
  checkSize(n);
  checkConfidence(confidence);
  return Math.sqrt(Math.log(2 / (1 - confidence)) / (2 * n));
}
