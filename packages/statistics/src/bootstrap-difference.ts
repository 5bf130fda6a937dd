import type { Interval, Random } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { checkConfidence, checkValues, fail } from './check-values.js';
import { percentile } from './percentile.js';

/** Two samples and what of them is compared. */
export interface BootstrapDifferenceRequest {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Of a sample, e.g. its mean; it returns a finite number. Samples that are drawn come in one list that the next one takes. */
  readonly statistic: (values: readonly number[]) => number;
  /** Any integer. */
  readonly seed: number;
  /** In (0, 1): 0.95 unless told. */
  readonly confidence?: number;
  /** How often both samples are drawn: 2,000 unless told. */
  readonly resamples?: number;
}

/** How much larger a statistic is in the first of two spaces. */
export interface BootstrapDifference {
  /** statistic(a) - statistic(b) */
  readonly difference: number;
  readonly interval: Interval;
}

/**
 * The difference of a statistic between two independent samples, with its percentile bootstrap interval (Efron and
 * Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13): each sample is drawn anew from itself, with
 * replacement, and the interval is between the (1 - confidence) / 2 percentiles of the differences.
 *
 * Percentiles rather than BCa: for medians and interquartile means of skewed errors with ties and diverged networks both
 * cover as they say from a dozen networks on, and BCa's acceleration is a jackknife, which does not exist for a median.
 * Neither serves the mean of few networks of which some diverged. O(resamples) times what the statistic takes.
 *
 * @throws InvalidInputError where a sample is empty, a value is not finite, the confidence is outside its range or there is
 * no resample; where the statistic returns no finite number.
 * @example
 * import { bootstrapDifference, interquartileMean } from '@netspace/statistics';
 * const [a, b] = [[14, 12, 100, 13, 13, 12, 16, 11], [11, 11, 11, 12, 11, 11, 12, 11]];
 * const { difference, interval } = bootstrapDifference({ a, b, statistic: interquartileMean, seed: 1 });
 * difference; // => 2
 * 0 < interval.low && interval.high < 30; // => true
 */
export function bootstrapDifference(request: BootstrapDifferenceRequest): BootstrapDifference {
  const { a, b, statistic, seed, confidence = 0.95, resamples = 2000 } = request;
  checkValues('a', a);
  checkValues('b', b);
  checkConfidence(confidence);
  if (!(Number.isInteger(resamples) && resamples >= 1)) fail('resamples', resamples, 'an integer of at least 1');
  const random = openRandom(seed, 'bootstrap-difference');
  const [drawnA, drawnB] = [[...a], [...b]];
  const differences = Array.from(
    { length: resamples },
    () => statistic(draw(a, random, drawnA)) - statistic(draw(b, random, drawnB)),
  );
  return { difference: statistic(a) - statistic(b), interval: percentileInterval(differences, confidence) };
}

/** Draws as many values as there are, with replacement. */
function draw(values: readonly number[], random: Random, drawn: number[]): readonly number[] {
  for (let index = 0; index < drawn.length; index++) drawn[index] = values[random.integer(0, values.length - 1)]!;
  return drawn;
}

/** Between the percentiles that leave out as many of the differences at either end. */
export function percentileInterval(differences: readonly number[], confidence: number): Interval {
  const tail = 50 * (1 - confidence);
  return { low: percentile(differences, tail), high: percentile(differences, 100 - tail) };
}
