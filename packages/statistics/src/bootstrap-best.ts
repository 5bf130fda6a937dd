import type { BootstrapRange } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { quantileSorted } from 'simple-statistics';
import { checkValues, fail } from './check-values.js';
import { groupedBy } from './grouped-by.js';

/** How samples of a population are drawn. */
export interface ResamplingOptions {
  /** How often a sample is drawn: 10,000 as in the paper, unless told. */
  readonly resamples?: number;
  /** Size of a sample as a share of the population, in (0, 1]: 0.25 as in the paper, unless told. */
  readonly share?: number;
}

/** A population whose best networks are to be drawn. */
export interface ResampledPopulation {
  /** The error of each network. */
  readonly errors: readonly number[];
  /** Any integer. */
  readonly seed: number;
}

/** A population, and how samples of it are drawn. */
export interface ResamplingRequest extends ResampledPopulation, ResamplingOptions {}

/** A population seen through one parameter. */
export interface BootstrapRequest extends ResamplingRequest {
  /** The parameter's value in each network. */
  readonly values: readonly number[];
}

/**
 * The best network of each of many samples of a population, drawn with replacement: its index.
 *
 * A sample has round(share n) networks, at least one. Of networks that tie, the one drawn first counts. The draws
 * depend on the seed and the number of networks alone, so that the same networks in another order are other draws.
 *
 * @throws InvalidInputError where there is no network, an error is not finite, or `resamples` or `share` is outside its
 * range.
 * @example
 * import { bestOfResamples } from '@netspace/statistics';
 * bestOfResamples({ errors: [9, 5, 7], seed: 1, resamples: 4, share: 1 }).every((index) => index < 3); // => true
 */
export function bestOfResamples({ errors, seed, ...options }: ResamplingRequest): number[] {
  return bestsOfResamples([{ errors, seed }], options)[0]!;
}

/**
 * {@link bestOfResamples} of each of several populations. Those of the same seed and as many networks are drawn at once: draws
 * depend on these alone, and take their time.
 *
 * @throws InvalidInputError as {@link bestOfResamples}.
 * @example
 * import { bestsOfResamples } from '@netspace/statistics';
 * const populations = [{ errors: [9, 5, 7], seed: 1 }, { errors: [5, 7, 9], seed: 1 }];
 * bestsOfResamples(populations, { resamples: 4 }).map(({ length }) => length); // => [4, 4]
 */
export function bestsOfResamples(
  populations: readonly ResampledPopulation[],
  { resamples = 10_000, share = 0.25 }: ResamplingOptions = {},
): number[][] {
  for (const { errors } of populations) checkValues('errors', errors);
  if (!(Number.isInteger(resamples) && resamples >= 1)) fail('resamples', resamples, 'an integer of at least 1');
  if (!(share > 0 && share <= 1)) fail('share', share, 'a number above 0 and at most 1');
  const all = populations.map(({ errors, seed }) => ({
    ...{ networks: errors.length, seed, best: [] as number[] },
    sample: new BestOfSample(Float64Array.from(errors)),
  }));
  for (const alike of groupedBy(all, ({ networks, seed }) => `${seed} ${networks}`)) {
    const { networks, seed } = alike[0]!;
    const size = Math.max(1, Math.round(share * networks));
    const drawnAt = new Float64Array(networks).fill(-1);
    const random = openRandom(seed, 'bootstrap');
    for (let begin = 0; begin < resamples * size; begin += size) {
      for (let draw = begin; draw < begin + size; draw++) {
        const network = random.integer(0, networks - 1);
        if (drawnAt[network]! < begin) drawnAt[network] = draw;
      }
      for (const { sample, best } of alike) best.push(sample.of(drawnAt, begin));
    }
  }
  return all.map(({ best }) => best);
}

/**
 * Likely good values of a parameter by the empirical bootstrap (paper, section 3.1): draw 25 % of the population with
 * replacement, take the value of the network with the lowest error, 10^4 times; the median and the 95 % range of them.
 *
 * @throws InvalidInputError as {@link bestOfResamples}, and where a value is not finite or the lists differ in length.
 * @example
 * import { bootstrapBest } from '@netspace/statistics';
 * const errors = [9, 7, 5, 5.1, 7, 9, 11, 13];
 * bootstrapBest({ values: [2, 4, 8, 8, 16, 16, 32, 32], errors, seed: 1 }).median; // => 8
 */
export function bootstrapBest({ values, ...request }: BootstrapRequest): BootstrapRange {
  const { errors } = request;
  checkValues('values', values);
  if (values.length !== errors.length)
    fail('errors', `${errors.length} values`, `${values.length}, one for each value`);
  return rangeOfBest(values, bestOfResamples(request));
}

/**
 * The median and the 95 % range of a parameter's values in networks that were drawn: {@link bootstrapBest} where one
 * draw serves several parameters.
 *
 * @param values - The parameter's value in each network of the population.
 * @param best - Of {@link bestOfResamples}.
 * @throws InvalidInputError where a network that was drawn has no finite value.
 * @example
 * import { rangeOfBest } from '@netspace/statistics';
 * rangeOfBest([16, 32, 64], [1, 1, 0, 1]).median; // => 32
 */
export function rangeOfBest(values: readonly number[], best: readonly number[]): BootstrapRange {
  const ascending = ascendingValues(values, best);
  const [median, low, high] = [0.5, 0.025, 0.975].map((p) => quantileSorted(ascending, p)) as [number, number, number];
  return { median, low, high };
}

/** The values of networks that were drawn, few of them and often: they are sorted once each. */
function ascendingValues(values: readonly number[], drawn: readonly number[]): number[] {
  const times = new Uint32Array(values.length);
  for (const network of drawn) {
    if (!Number.isFinite(values[network])) fail(`values[${network}]`, values[network] ?? 'nothing', 'a finite number');
    times[network]!++;
  }
  const distinct = [...times.keys()].filter((network) => times[network]! > 0);
  const ascending: number[] = [];
  for (const network of distinct.sort((i, j) => values[i]! - values[j]!)) {
    for (let time = 0; time < times[network]!; time++) ascending.push(values[network]!);
  }
  return ascending;
}

/**
 * Finds the best network of samples. Of errors in ascending order a sample holds one of the first, as a rule: few are looked at,
 * however large the sample.
 */
class BestOfSample {
  /** Networks by their errors. */
  private readonly order: Uint32Array;

  constructor(private readonly errors: Float64Array) {
    this.order = Uint32Array.from(errors.keys()).sort((i, j) => errors[i]! - errors[j]!);
  }

  /**
   * Of networks that tie, the one that was drawn first.
   *
   * @param drawnAt - When each network was first drawn; below `begin` of those that are not in this sample.
   */
  of(drawnAt: Float64Array, begin: number): number {
    const { order, errors } = this;
    let rank = 0;
    while (drawnAt[order[rank]!]! < begin) rank++;
    let best = order[rank]!;
    for (rank++; rank < order.length && errors[order[rank]!] === errors[best]; rank++) {
      const network = order[rank]!;
      if (drawnAt[network]! >= begin && drawnAt[network]! < drawnAt[best]!) best = network;
    }
    return best;
  }
}
