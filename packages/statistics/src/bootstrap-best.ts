import type { BootstrapRange, Random } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { quantileSorted } from 'simple-statistics';
import { checkValues, fail } from './check-values.js';

/** A population, and how samples of it are drawn. */
export interface ResamplingRequest {
  /** The error of each network. */
  readonly errors: readonly number[];
  /** Any integer. */
  readonly seed: number;
  /** How often a sample is drawn: 10,000 as in the paper, unless told. */
  readonly resamples?: number;
  /** Size of a sample as a share of the population, in (0, 1]: 0.25 as in the paper, unless told. */
  readonly share?: number;
}

/** A population seen through one parameter. */
export interface BootstrapRequest extends ResamplingRequest {
  /** The parameter's value in each network. */
  readonly values: readonly number[];
}

/**
 * The best network of each of many samples of a population, drawn with replacement: its index.
 *
 * A sample has k = round(share n) networks, at least one. Of networks that tie, the one drawn first counts: each of them as
 * often. Samples are not drawn network by network: with chance (1 - r / n)^k none of the r best is in one, so that a single
 * draw gives the rank of its best.
 *
 * @throws InvalidInputError where there is no network, an error is not finite, or `resamples` or `share` is outside its
 * range.
 * @example
 * import { bestOfResamples } from '@netspace/statistics';
 * bestOfResamples({ errors: [9, 5, 7], seed: 1, resamples: 4, share: 1 }).every((index) => index < 3); // => true
 */
export function bestOfResamples({ errors, seed, resamples = 10_000, share = 0.25 }: ResamplingRequest): number[] {
  checkValues('errors', errors);
  if (!(Number.isInteger(resamples) && resamples >= 1)) fail('resamples', resamples, 'an integer of at least 1');
  if (!(share > 0 && share <= 1)) fail('share', share, 'a number above 0 and at most 1');
  const size = Math.max(1, Math.round(share * errors.length));
  const order = Uint32Array.from(errors.keys()).sort((i, j) => errors[i]! - errors[j]!);
  const random = openRandom(seed, 'bootstrap');
  return Array.from({ length: resamples }, () => {
    const [first, last] = tieAt(bestRank(order.length, size, random), order, errors);
    return order[first === last ? first : random.integer(first, last)]!;
  });
}

/** The least of `size` ranks that are drawn from 0 to `ranks` - 1. */
function bestRank(ranks: number, size: number, random: Random): number {
  const share = -Math.expm1(Math.log1p(-random.uniform()) / size);
  return Math.min(ranks - 1, Math.floor(ranks * share));
}

/** The first and the last rank of the networks that tie with the one of a rank. */
function tieAt(rank: number, order: Uint32Array, errors: readonly number[]): [first: number, last: number] {
  const error = errors[order[rank]!];
  let [first, last] = [rank, rank];
  while (first > 0 && errors[order[first - 1]!] === error) first--;
  while (last < order.length - 1 && errors[order[last + 1]!] === error) last++;
  return [first, last];
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
  const distinct: number[] = [];
  for (const network of drawn) {
    const before = times[network] ?? 0;
    if (before === 0) distinct.push(network);
    times[network] = before + 1;
  }
  for (const network of distinct) {
    if (!Number.isFinite(values[network])) fail(`values[${network}]`, values[network] ?? 'nothing', 'a finite number');
  }
  const ascending = new Array<number>(drawn.length);
  let filled = 0;
  for (const network of distinct.sort((i, j) => values[i]! - values[j]!)) {
    ascending.fill(values[network]!, filled, (filled += times[network]!));
  }
  return ascending;
}
