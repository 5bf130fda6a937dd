import type { Random } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { type BootstrapDifference, percentileInterval } from './bootstrap-difference.js';
import { checkValues } from './check-values.js';
import { groupedBy } from './grouped-by.js';
import { interquartileMean } from './interquartile-mean.js';

/** Two samples, and what they are drawn by. */
export interface SamplePair {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Any integer. */
  readonly seed: number;
}

const confidence = 0.95;
const resamples = 2000;

/**
 * The difference of the {@link interquartileMean} of each of several pairs of samples, with the interval that
 * {@link bootstrapDifference} gives it. Draws depend on the seed and the sizes alone: those of pairs that share them are drawn
 * once, and a sample that is in several pairs is looked at once. How often each value is drawn is enough to have the mean, so
 * that no sample is put together and sorted: O(resamples (m + n)) time.
 *
 * @throws InvalidInputError where a sample is empty or a value is not finite.
 * @example
 * import { interquartileMeanDifferences } from '@netspace/statistics';
 * const pairs = [{ a: [14, 12, 13], b: [11, 12, 11], seed: 1 }, { a: [9, 8, 8], b: [11, 12, 11], seed: 1 }];
 * interquartileMeanDifferences(pairs).map(({ difference }) => difference > 0); // => [true, false]
 */
export function interquartileMeanDifferences(pairs: readonly SamplePair[]): BootstrapDifference[] {
  for (const { a, b } of pairs) {
    checkValues('a', a);
    checkValues('b', b);
  }
  const alike = groupedBy(pairs, ({ a, b, seed }) => `${seed} ${a.length} ${b.length}`);
  const drawn = new Map(alike.flatMap(drawnDifferences));
  return pairs.map((pair) => ({
    difference: interquartileMean(pair.a) - interquartileMean(pair.b),
    interval: percentileInterval(drawn.get(pair)!, confidence),
  }));
}

/** The differences of each of several pairs of samples, which are of the same seed and sizes. */
function drawnDifferences(pairs: readonly SamplePair[]): [SamplePair, number[]][] {
  const { a, b, seed } = pairs[0]!;
  const random = openRandom(seed, 'bootstrap-difference');
  const [firsts, others] = [byValues(pairs.map((pair) => pair.a)), byValues(pairs.map((pair) => pair.b))];
  const [timesOfA, timesOfB] = [new Uint32Array(a.length), new Uint32Array(b.length)];
  for (let resample = 0; resample < resamples; resample++) {
    drawTimes(timesOfA, random);
    drawTimes(timesOfB, random);
    for (const sample of firsts.values()) sample.take(timesOfA);
    for (const sample of others.values()) sample.take(timesOfB);
  }
  return pairs.map((pair) => {
    const [first, other] = [firsts.get(pair.a)!.means, others.get(pair.b)!.means];
    return [pair, first.map((mean, resample) => mean - other[resample]!)];
  });
}

function byValues(samples: readonly (readonly number[])[]): Map<readonly number[], Resampled> {
  return new Map(samples.map((values) => [values, new Resampled(values)]));
}

/** Draws as many values as there are, with replacement: how often each of them. */
function drawTimes(times: Uint32Array, random: Random): void {
  const last = times.length - 1;
  times.fill(0);
  for (let draw = 0; draw <= last; draw++) times[random.integer(0, last)]!++;
}

/** The interquartile means of samples that are drawn from another. */
class Resampled {
  readonly means: number[] = [];
  /** Places of the values, the smallest first. */
  private readonly order: Uint32Array;
  private readonly ascending: Float64Array;

  constructor(values: readonly number[]) {
    this.order = Uint32Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
    this.ascending = Float64Array.from(this.order, (place) => values[place]!);
  }

  /** @param times - How often each value is drawn. */
  take(times: Uint32Array): void {
    const { order, ascending } = this;
    const trimmed = Math.floor(order.length / 4);
    const kept = order.length - 2 * trimmed;
    let rank = 0;
    let time = times[order[rank]!]!;
    let left = trimmed;
    while (time <= left) {
      left -= time;
      time = times[order[++rank]!]!;
    }
    // Of the first value that is not all trimmed a part is kept, and then those above it.
    let sum = -left * ascending[rank]!;
    left += kept;
    while (time < left) {
      sum += time * ascending[rank]!;
      left -= time;
      time = times[order[++rank]!]!;
    }
    this.means.push((sum + left * ascending[rank]!) / kept);
  }
}
