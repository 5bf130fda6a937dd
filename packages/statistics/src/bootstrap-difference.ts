import type { Interval, Random } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { checkConfidence, checkValues, fail } from './check-values.js';
import { groupedBy } from './grouped-by.js';
import { percentile } from './percentile.js';

/** Two samples, and what they are drawn by. */
export interface SamplePair {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Any integer. */
  readonly seed: number;
}

/** What of samples is compared, and how. */
export interface BootstrapDifferenceOptions {
  /**
   * Of a sample, e.g. {@link interquartileMean}; it returns a finite number. Samples that are drawn come in ascending order, in
   * one list that the next one takes.
   */
  readonly statistic: (values: readonly number[]) => number;
  /** In (0, 1): 0.95 unless told. */
  readonly confidence?: number;
  /** How often both samples are drawn: 2,000 unless told. */
  readonly resamples?: number;
}

/** Two samples and what of them is compared. */
export interface BootstrapDifferenceRequest extends SamplePair, BootstrapDifferenceOptions {}

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
export function bootstrapDifference({ a, b, seed, ...options }: BootstrapDifferenceRequest): BootstrapDifference {
  return bootstrapDifferences([{ a, b, seed }], options)[0]!;
}

/**
 * {@link bootstrapDifference} of each of several pairs of samples. Pairs of the same seed and sizes are drawn at once: draws
 * depend on these alone, and take their time.
 *
 * @throws InvalidInputError as {@link bootstrapDifference}.
 * @example
 * import { bootstrapDifferences, interquartileMean } from '@netspace/statistics';
 * const pairs = [{ a: [14, 12, 13], b: [11, 12, 11], seed: 1 }, { a: [9, 8, 8], b: [11, 12, 11], seed: 1 }];
 * const differences = bootstrapDifferences(pairs, { statistic: interquartileMean });
 * differences.map(({ difference }) => difference > 0); // => [true, false]
 */
export function bootstrapDifferences(
  pairs: readonly SamplePair[],
  options: BootstrapDifferenceOptions,
): BootstrapDifference[] {
  const { statistic, confidence = 0.95, resamples = 2000 } = options;
  for (const { a, b } of pairs) {
    checkValues('a', a);
    checkValues('b', b);
  }
  checkConfidence(confidence);
  if (!(Number.isInteger(resamples) && resamples >= 1)) fail('resamples', resamples, 'an integer of at least 1');
  const tail = 50 * (1 - confidence);
  const alike = groupedBy(pairs, ({ a, b, seed }) => `${seed} ${a.length} ${b.length}`);
  const drawn = new Map(alike.flatMap((group) => drawnDifferences(group, { ...options, resamples })));
  return pairs.map((pair) => {
    const differences = drawn.get(pair)!;
    return {
      difference: statistic(pair.a) - statistic(pair.b),
      interval: { low: percentile(differences, tail), high: percentile(differences, 100 - tail) },
    };
  });
}

/** The differences of each of several pairs of samples, which are of the same seed and sizes. */
function drawnDifferences(
  pairs: readonly SamplePair[],
  { statistic, resamples }: Required<Omit<BootstrapDifferenceOptions, 'confidence'>>,
): [SamplePair, number[]][] {
  const { a, b, seed } = pairs[0]!;
  const random = openRandom(seed, 'bootstrap-difference');
  const samples = pairs.map((pair) => ({
    pair,
    a: new Resampled(pair.a),
    b: new Resampled(pair.b),
    drawn: [] as number[],
  }));
  const [timesOfA, timesOfB] = [new Uint32Array(a.length), new Uint32Array(b.length)];
  for (let resample = 0; resample < resamples; resample++) {
    drawTimes(timesOfA, random);
    drawTimes(timesOfB, random);
    for (const { a, b, drawn } of samples) drawn.push(statistic(a.of(timesOfA)) - statistic(b.of(timesOfB)));
  }
  return samples.map(({ pair, drawn }) => [pair, drawn]);
}

/** Draws as many values as there are, with replacement: how often each of them. */
function drawTimes(times: Uint32Array, random: Random): void {
  const last = times.length - 1;
  times.fill(0);
  for (let draw = 0; draw <= last; draw++) times[random.integer(0, last)]!++;
}

/** A sample that is drawn from another: in ascending order, so that no statistic need sort it, and in one list. */
class Resampled {
  private readonly order: Uint32Array;
  private readonly ascending: Float64Array;
  private readonly drawn: number[];

  constructor(values: readonly number[]) {
    this.order = Uint32Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
    this.ascending = Float64Array.from(this.order, (index) => values[index]!);
    this.drawn = values.map((value) => value);
  }

  /** @param times - How often each value is drawn. */
  of(times: Uint32Array): readonly number[] {
    const { order, ascending, drawn } = this;
    const last = drawn.length - usual;
    let count = 0;
    let rank = 0;
    for (; rank < order.length && count <= last; rank++) {
      const value = ascending[rank]!;
      const time = times[order[rank]!]!;
      // Where it is drawn less often, the next values overwrite it: that is quicker than to ask.
      drawn[count] = value;
      drawn[count + 1] = value;
      drawn[count + 2] = value;
      for (let more = usual; more < time; more++) drawn[count + more] = value;
      count += time;
    }
    for (; rank < order.length; rank++) {
      for (let time = times[order[rank]!]!; time > 0; time--) drawn[count++] = ascending[rank]!;
    }
    return drawn;
  }
}

/** Few values are drawn more often than this. */
const usual = 3;
