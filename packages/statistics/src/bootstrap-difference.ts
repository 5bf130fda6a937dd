import type { Interval, Random } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { checkConfidence, checkValues, fail } from './check-values.js';
import { percentile } from './percentile.js';

/** Two samples and what of them is compared. */
export interface BootstrapDifferenceRequest {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Of a sample, e.g. {@link interquartileMean}; it returns a finite number. Samples that are drawn come in ascending order. */
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
  const [drawA, drawB] = [resampler(a, random), resampler(b, random)];
  const differences = Array.from({ length: resamples }, () => statistic(drawA()) - statistic(drawB()));
  const tail = 50 * (1 - confidence);
  return {
    difference: statistic(a) - statistic(b),
    interval: { low: percentile(differences, tail), high: percentile(differences, 100 - tail) },
  };
}

/** Draws samples from values, with replacement: each in ascending order, by counting, so that no statistic need sort it. */
function resampler(values: readonly number[], random: Random): () => number[] {
  const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
  const rankOf = new Uint32Array(values.length);
  order.forEach((index, rank) => (rankOf[index] = rank));
  const times = new Uint32Array(values.length);
  return () => {
    times.fill(0);
    values.forEach(() => times[rankOf[random.integer(0, values.length - 1)]!]!++);
    const drawn: number[] = [];
    order.forEach((index, rank) => {
      for (let time = 0; time < times[rank]!; time++) drawn.push(values[index]!);
    });
    return drawn;
  };
}
