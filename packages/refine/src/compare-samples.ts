import type { Interval } from '@netspace/contracts';
import { anytimeMeanInterval, type MeanEvidence } from '@netspace/statistics';

/** Networks of a space, of which the first ones are trained. */
export interface Sample {
  /** Predicted errors of all, per cent. */
  readonly predicted: readonly number[];
  /** Errors of the first ones, per cent; null where a network could not be trained. */
  readonly errors: readonly (number | null)[];
}

/** Two spaces compared. */
export interface SampleComparison {
  /** Difference of mean errors, other - base, percentage points. */
  readonly effect: number;
  readonly interval: Interval;
  /** Pairs that it rests on. */
  readonly pairs: number;
  /** Share of the variance of differences that the prediction took away: below 0 where it added some. */
  readonly explained: number;
}

/** Pairs of networks at which the interval is made to be narrow. */
export const narrowAt = 40;

/**
 * The difference of two spaces' mean errors, with an interval that may be looked at after every pair.
 *
 * Trained networks tell by how much the prediction errs, and many more networks, which are only drawn, what it says of the
 * spaces (control variates; Angelopoulos et al., "Prediction-powered inference", Science 382, 2023): mean of the residuals'
 * differences + difference of the predictions' means. It is unbiased whatever the prediction is, if that was made of other
 * networks.
 *
 * @param confidence - Of all looks together.
 * @example
 * import { compareSamples } from '@netspace/refine';
 * const errors = Array.from({ length: 40 }, (_, index) => 20 + (index % 5));
 * const base = { predicted: errors, errors };
 * const other = { predicted: errors, errors: errors.map((error, index) => error - 2 + (index % 2)) };
 * const { effect, pairs, interval } = compareSamples(base, other, 0.95);
 * [effect, pairs, interval.high < 0]; // => [-1.5, 40, true]
 */
export function compareSamples(base: Sample, other: Sample, confidence: number): SampleComparison {
  const pairs = pairsOf(base, other);
  const residuals = evidenceOf(pairs.map(({ residual }) => residual));
  const raw = evidenceOf(pairs.map(({ difference }) => difference));
  const [ofBase, ofOther] = [evidenceOf(base.predicted), evidenceOf(other.predicted)];
  const shift = ofOther.mean - ofBase.mean;
  // What is not known of the predictions' means widens the interval as if it were noise of the pairs.
  const ofShift = ofBase.variance / ofBase.n + ofOther.variance / ofOther.n;
  const widened = { ...residuals, variance: residuals.variance + residuals.n * ofShift };
  const { low, high } = anytimeMeanInterval(widened, { confidence, narrowAt });
  return {
    effect: shift + residuals.mean,
    interval: { low: shift + low, high: shift + high },
    pairs: pairs.length,
    explained: raw.variance > 0 ? 1 - widened.variance / raw.variance : 0,
  };
}

interface Pair {
  readonly difference: number;
  readonly residual: number;
}

/** Networks of the same place in both samples, both of which were trained. */
function pairsOf(base: Sample, other: Sample): Pair[] {
  const count = Math.min(base.errors.length, other.errors.length);
  return Array.from({ length: count }, (_, index): Pair[] => {
    const [a, b] = [base.errors[index] ?? null, other.errors[index] ?? null];
    if (a === null || b === null) return [];
    const difference = b - a;
    return [{ difference, residual: difference - (other.predicted[index]! - base.predicted[index]!) }];
  }).flat();
}

function evidenceOf(values: readonly number[]): MeanEvidence {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return { n, mean, variance };
}
