import { fail } from './check-values.js';

/** A distribution function by its steps: the share of networks with at most an error, from that error on. */
export interface ShareStep {
  readonly error: number;
  readonly share: number;
}

/**
 * The median of the lowest error of m random networks: the smallest error whose share F satisfies
 * 1 - (1 - F)^m >= 1/2. Of the upper and lower bound of a simultaneous band around F it gives a band around the curve of all
 * m at once (Lourie, He and Cho, "Show Your Work with Confidence", 2024).
 *
 * @param steps - Ascending by error; shares do not fall. May be empty.
 * @param m - An integer of at least 1.
 * @returns Infinity where no step reaches so far.
 * @throws InvalidInputError where m is outside its range.
 * @example
 * import { medianBestOf } from '@netspace/statistics';
 * const steps = [{ error: 5, share: 0.3 }, { error: 6, share: 0.5 }, { error: 7, share: 1 }];
 * [medianBestOf(steps, 1), medianBestOf(steps, 2)]; // => [6, 5]
 */
export function medianBestOf(steps: readonly ShareStep[], m: number): number {
  if (!(Number.isInteger(m) && m >= 1)) fail('m', m, 'an integer of at least 1');
  const needed = 1 - 0.5 ** (1 / m);
  // The last bits of a share of n networks must not move the median by one of them.
  return steps.find(({ share }) => share >= needed - 1e-12)?.error ?? Infinity;
}
