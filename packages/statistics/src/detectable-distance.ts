import { checkConfidence, checkSize, fail } from './check-values.js';
import { findRoot } from './find-root.js';
import { kolmogorovSurvival } from './kolmogorov-distribution.js';
import { normalQuantile } from './normal-distribution.js';

/**
 * The distance of two spaces' error distributions that a two-sided Kolmogorov-Smirnov test of n networks each detects at
 * least with the chance `power`, before any is trained.
 *
 * The test rejects wherever the samples' distance exceeds its critical value, and that distance is at least the one at the
 * error where the spaces are furthest apart, a difference of two shares: Massey's bound of the power (Annals of Mathematical
 * Statistics 21(1), 1950), with the normal approximation of the shares at their largest variance. It is met where spaces
 * differ at one error alone; where all errors are shifted, the chance is larger.
 *
 * @param n - Networks of each, an integer of at least 1.
 * @param power - In (0, 1); 0.8 unless told.
 * @param confidence - Of the test, in (0, 1); 0.95 unless told.
 * @returns In (0, 1]; null where n networks detect no distance so surely.
 * @throws InvalidInputError where an argument is outside its range.
 * @example
 * import { detectableDistance } from '@netspace/statistics';
 * [detectableDistance(24), detectableDistance(100)].map((distance) => distance?.toFixed(2)); // => ['0.50', '0.25']
 */
export function detectableDistance(n: number, power = 0.8, confidence = 0.95): number | null {
  checkSize(n);
  if (!(power > 0 && power < 1)) fail('power', power, 'a number above 0 and below 1');
  checkConfidence(confidence);
  const critical = Math.sqrt(2 / n) * findRoot((x) => kolmogorovSurvival(x) - (1 - confidence), 0, 10);
  const z = normalQuantile(power);
  // Shares of (1 + d) / 2 and (1 - d) / 2 have the largest variance of all that are d apart.
  const excess = (distance: number): number => distance - critical - z * Math.sqrt((1 - distance ** 2) / (2 * n));
  return excess(1) < 0 ? null : findRoot(excess, 0, 1);
}
