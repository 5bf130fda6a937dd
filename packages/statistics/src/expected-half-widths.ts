import { checkConfidence, checkSize, fail } from './check-values.js';
import { learnedMillerBand } from './learned-miller-band.js';
import { normalQuantile } from './normal-distribution.js';

/** How narrow the intervals of a comparison will be. */
export interface HalfWidths {
  /** Of a population's simultaneous band at its median, as a share of networks. */
  readonly band: number;
  /** Of the median of all differences between two populations, in the unit of the spread. */
  readonly medianDifference: number;
}

/**
 * How narrow the intervals of two populations of n networks each will be, before any is trained.
 *
 * The band is that of {@link learnedMillerBand} at the middle value. The half width of the Hodges-Lehmann estimate is
 * z spread sqrt(2 pi / (3 n)), its limit for normal errors (Hollander, Wolfe and Chicken, "Nonparametric Statistical
 * Methods", 2014, section 4.3); heavy tails make it narrower relative to the spread. Each network trained r times has the
 * spread sqrt(between^2 + within^2 / r): where `within` is small beside `between`, more networks tell more than more
 * trainings.
 *
 * @param n - Networks of each, an integer of at least 2.
 * @param spread - Standard deviation of the errors of a population, above 0.
 * @param confidence - In (0, 1); 0.95 unless told.
 * @throws InvalidInputError where an argument is outside its range.
 * @example
 * import { expectedHalfWidths } from '@netspace/statistics';
 * const { band, medianDifference } = expectedHalfWidths(100, 4);
 * [band.toFixed(2), medianDifference.toFixed(2)]; // => ['0.15', '1.13']
 */
export function expectedHalfWidths(n: number, spread: number, confidence = 0.95): HalfWidths {
  checkSize(n);
  if (n < 2) fail('n', n, 'an integer of at least 2');
  if (!(spread > 0 && Number.isFinite(spread))) fail('spread', spread, 'a number above 0');
  checkConfidence(confidence);
  const { lower, upper } = learnedMillerBand(n, confidence);
  const middle = (n - 1) >> 1;
  const z = -normalQuantile((1 - confidence) / 2);
  return {
    band: (upper[middle]! - lower[middle]!) / 2,
    medianDifference: z * spread * Math.sqrt((2 * Math.PI) / (3 * n)),
  };
}
