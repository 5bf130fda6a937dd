import type { EdfBand } from '@netspace/contracts';
import { checkConfidence, checkValues } from './check-values.js';
import { dkwHalfWidth } from './dkw-half-width.js';
import { errorEdf } from './error-edf.js';
import { ksHalfWidth } from './ks-half-width.js';
import { learnedMillerBand } from './learned-miller-band.js';

/** Which band is drawn. */
export interface EdfBandOptions {
  /**
   * `learned-miller` (default): {@link learnedMillerBand}, narrow where F is close to 0 or 1. `ks`: constant width, the
   * exact {@link ksHalfWidth}. `dkw`: constant width, the closed form of {@link dkwHalfWidth}.
   */
  readonly kind?: 'learned-miller' | 'dkw' | 'ks';
  /** Chance that F is within the band everywhere, in (0, 1): 0.95 unless told. */
  readonly confidence?: number;
}

/**
 * A simultaneous confidence band around an EDF: with the given confidence the distribution function F of the errors that
 * the design space gives (the share of its networks with at most an error) is within the band at all errors at once.
 *
 * Assumes that the networks were drawn independently, and that their number was fixed beforehand. Errors that tie make
 * the band valid still, and a little wider than need be.
 *
 * @param errors - One a network.
 * @throws InvalidInputError where there is no error, one is not finite, or the confidence is outside its range.
 * @example
 * import { edfBand } from '@netspace/statistics';
 * const band = edfBand([9, 7, 8, 7], { kind: 'dkw', confidence: 0.5 });
 * band.steps.map(({ error }) => error); // => [7, 8, 9]
 * [band.steps[0]?.lower.toFixed(3), band.steps[0]?.upper.toFixed(3)]; // => ['0.084', '0.916']
 */
export function edfBand(errors: readonly number[], options: EdfBandOptions = {}): EdfBand {
  const { kind = 'learned-miller', confidence = 0.95 } = options;
  checkValues('errors', errors);
  checkConfidence(confidence);
  const { lower, upper } = boundsOf(errors.length, kind, confidence);
  const steps = errorEdf(errors).map(({ error, atMost }) => {
    const count = Math.round(atMost * errors.length);
    // Above the count-th error F is at least what it was there, and below the next one at most what it is there.
    return { error, lower: lower[count - 1]!, upper: upper[count] ?? 1 };
  });
  return { below: upper[0]!, steps };
}

/** Bounds of F at the order statistics of n values. */
function boundsOf(
  n: number,
  kind: NonNullable<EdfBandOptions['kind']>,
  confidence: number,
): { lower: readonly number[]; upper: readonly number[] } {
  if (kind === 'learned-miller') return learnedMillerBand(n, confidence);
  const halfWidth = kind === 'ks' ? ksHalfWidth(n, confidence) : dkwHalfWidth(n, confidence);
  const ranks = Array.from({ length: n }, (_, index) => index + 1);
  return {
    lower: ranks.map((rank) => Math.max(0, rank / n - halfWidth)),
    upper: ranks.map((rank) => Math.min(1, (rank - 1) / n + halfWidth)),
  };
}
