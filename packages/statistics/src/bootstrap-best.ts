import { openRandom } from '@netspace/random';
import { checkValues, fail } from './check-values.js';
import { percentile } from './percentile.js';

/** A population seen through one parameter. */
export interface BootstrapRequest {
  /** The parameter's value in each network. */
  readonly values: readonly number[];
  /** The error of each network. */
  readonly errors: readonly number[];
  /** Any integer. */
  readonly seed: number;
  /** How often a sample is drawn: 10,000 as in the paper, unless told. */
  readonly resamples?: number;
  /** Size of a sample as a share of the population, in (0, 1]: 0.25 as in the paper, unless told. */
  readonly share?: number;
}

/** Where good values of a parameter lie. */
export interface BootstrapRange {
  readonly median: number;
  /** The 2.5th percentile. */
  readonly low: number;
  /** The 97.5th percentile. */
  readonly high: number;
}

/**
 * Likely good values of a parameter by the empirical bootstrap (paper, section 3.1): draw 25 % of the population with
 * replacement, take the value of the network with the lowest error, 10^4 times; the median and the 95 % range of them.
 *
 * A sample has round(share n) networks, at least one. Of networks that tie, the one drawn first counts. The draws
 * depend on the seed and the number of networks alone.
 *
 * @throws InvalidInputError where there is no network, a number is not finite, the lists differ in length, or
 * `resamples` or `share` is outside its range.
 * @example
 * import { bootstrapBest } from '@netspace/statistics';
 * const errors = [9, 7, 5, 5.1, 7, 9, 11, 13];
 * bootstrapBest({ values: [2, 4, 8, 8, 16, 16, 32, 32], errors, seed: 1 }).median; // => 8
 */
export function bootstrapBest(request: BootstrapRequest): BootstrapRange {
  const { values, errors, seed, resamples = 10_000, share = 0.25 } = request;
  checkRequest({ values, errors, seed, resamples, share });
  const size = Math.max(1, Math.round(share * errors.length));
  const random = openRandom(seed, 'bootstrap');
  const draw = (): number => random.integer(0, errors.length - 1);
  const best = Array.from({ length: resamples }, () => values[bestOf(size, draw, errors)]!);
  return { median: percentile(best, 50), low: percentile(best, 2.5), high: percentile(best, 97.5) };
}

function bestOf(size: number, draw: () => number, errors: readonly number[]): number {
  let best = draw();
  for (let drawn = 1; drawn < size; drawn++) {
    const other = draw();
    if (errors[other]! < errors[best]!) best = other;
  }
  return best;
}

function checkRequest({ values, errors, resamples, share }: Required<BootstrapRequest>): void {
  checkValues('values', values);
  checkValues('errors', errors);
  if (values.length !== errors.length)
    fail('errors', `${errors.length} values`, `${values.length}, one for each value`);
  if (!(Number.isInteger(resamples) && resamples >= 1)) fail('resamples', resamples, 'an integer of at least 1');
  if (!(share > 0 && share <= 1)) fail('share', share, 'a number above 0 and at most 1');
}
