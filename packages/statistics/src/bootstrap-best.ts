import type { BootstrapRange } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { checkValues, fail } from './check-values.js';
import { percentile } from './percentile.js';

/** A population whose best networks are to be drawn. */
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
 * A sample has round(share n) networks, at least one. Of networks that tie, the one drawn first counts. The draws
 * depend on the seed and the number of networks alone, so that the same networks in another order are other draws.
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
  const random = openRandom(seed, 'bootstrap');
  const draw = (): number => random.integer(0, errors.length - 1);
  return Array.from({ length: resamples }, () => bestOf(size, draw, errors));
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
  const drawn = best.map((index) => values[index]!);
  return { median: percentile(drawn, 50), low: percentile(drawn, 2.5), high: percentile(drawn, 97.5) };
}

function bestOf(size: number, draw: () => number, errors: readonly number[]): number {
  let best = draw();
  for (let drawn = 1; drawn < size; drawn++) {
    const other = draw();
    if (errors[other]! < errors[best]!) best = other;
  }
  return best;
}
