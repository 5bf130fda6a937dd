import type { Interval } from '@netspace/contracts';
import { checkConfidence, fail } from './check-values.js';

/** Values in a few numbers: all that an interval of their mean needs. */
export interface MeanEvidence {
  /** Number of values. */
  readonly n: number;
  readonly mean: number;
  /** Of the values, divided by n - 1; 0 or more. */
  readonly variance: number;
}

/** How sure an interval is, and when it is narrow. */
export interface AnytimeOptions {
  /** Of the intervals after every value together, in (0, 1). */
  readonly confidence: number;
  /** Number of values after which it shall be as narrow as it can, above 0: chosen before the values come. */
  readonly narrowAt: number;
}

/**
 * Where a mean lies, by an interval that may be looked at after every value: with the confidence, all of them hold the mean
 * at once, so one may stop where one likes.
 *
 * It leaves out each mean against which a t-test's Bayes factor, of a normal prior on the effect in standard deviations, is
 * 1 / (1 - confidence) or more (Lai, "On confidence sequences", Annals of Statistics 4(2), 1976; Wang and Ramdas, "Anytime-valid
 * t-tests and confidence sequences for Gaussian means with unknown variance", arXiv 2310.03722). Exact for normal values
 * whatever their variance; for others, as a t-interval, in the limit of many: of skewed values (as errors may be, their
 * differences are not) the first intervals miss more often.
 *
 * @returns All numbers where there are too few values: fewer than about 2 ln(1 / (1 - confidence)).
 * @throws InvalidInputError where a number is outside its range.
 * @example
 * import { anytimeMeanInterval } from '@netspace/statistics';
 * const { low, high } = anytimeMeanInterval({ n: 40, mean: 1, variance: 4 }, { confidence: 0.95, narrowAt: 40 });
 * [low.toFixed(2), high.toFixed(2)]; // => ['-0.01', '2.01']
 */
export function anytimeMeanInterval({ n, mean, variance }: MeanEvidence, options: AnytimeOptions): Interval {
  if (!(Number.isInteger(n) && n >= 0)) fail('n', n, 'an integer of at least 0');
  if (n > 0 && !Number.isFinite(mean)) fail('mean', mean, 'a finite number');
  if (n > 1 && !(variance >= 0)) fail('variance', variance, 'a number of at least 0');
  const half = n < 2 ? Infinity : anytimeMultiple(n, options) * Math.sqrt(variance / n);
  return Number.isFinite(half) ? { low: mean - half, high: mean + half } : { low: -Infinity, high: Infinity };
}

/**
 * Half of the interval's width in standard errors of the mean of n values, n >= 2; Infinity where n are too few.
 *
 * @example
 * import { anytimeMultiple } from '@netspace/statistics';
 * anytimeMultiple(40, { confidence: 0.95, narrowAt: 40 }).toFixed(2); // => '3.20'
 */
export function anytimeMultiple(n: number, { confidence, narrowAt }: AnytimeOptions): number {
  checkConfidence(confidence);
  if (!(narrowAt > 0 && Number.isFinite(narrowAt))) fail('narrowAt', narrowAt, 'a number above 0');
  const limit = Math.log(1 / (1 - confidence));
  // The prior's variance times n that makes the interval of known variance narrowest there (Waudby-Smith et al., 2024, B.2).
  const spread = 1 + (n / narrowAt) * (2 * limit + Math.log(2 * limit) + 1);
  // The Bayes factor is spread^(-1/2) ((1 + x) / (1 + x / spread))^(n / 2), where x = t^2 / (n - 1).
  const ratio = Math.exp((2 * limit + Math.log(spread)) / n);
  return ratio >= spread ? Infinity : Math.sqrt(((n - 1) * (ratio - 1)) / (1 - ratio / spread));
}
