import { percentile } from '@netspace/statistics';

/**
 * The far fence of errors (Tukey, "Exploratory Data Analysis", 1977): upper quartile + 3 interquartile ranges, at most 100.
 * Larger errors count as this in means, so that networks which did not learn at all do not decide a comparison.
 */
export function farFence(errors: readonly number[]): number {
  const [lower, upper] = [percentile(errors, 25), percentile(errors, 75)];
  return Math.min(100, upper + 3 * (upper - lower));
}
