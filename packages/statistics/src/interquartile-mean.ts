import { checkValues } from './check-values.js';

/**
 * The interquartile mean: the mean of what is left when floor(n / 4) of the values are taken away at each end (SciPy's
 * `trim_mean` with 0.25). As steady as the median against diverged networks, and varying less. O(n log n) time, O(n) where the values ascend already.
 *
 * @param values - In any order.
 * @throws InvalidInputError where there is no value, or one that is not finite.
 * @example
 * import { interquartileMean } from '@netspace/statistics';
 * interquartileMean([5, 100, 7, 6, 8]); // => 7
 */
export function interquartileMean(values: readonly number[]): number {
  const sorted = ascend(values) ? values : ascending(values);
  const trimmed = Math.floor(values.length / 4);
  return meanBetween(sorted, trimmed, values.length - trimmed);
}

/** Of the values from one place up to another: their sum is compensated (Neumaier, ZAMM 54(1), 1974). */
function meanBetween(values: readonly number[], from: number, to: number): number {
  let sum = values[from]!;
  let correction = 0;
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!;
    const next = sum + value;
    correction += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return (sum + correction) / (to - from);
}

/** Whether there are values, finite and in ascending order. */
function ascend(values: readonly number[]): boolean {
  for (let i = 1; i < values.length; i++) if (!(values[i]! >= values[i - 1]!)) return false;
  return Number.isFinite(values[0]) && Number.isFinite(values.at(-1));
}

/** @throws InvalidInputError where there is no value, or one that is not finite. */
function ascending(values: readonly number[]): number[] {
  checkValues('values', values);
  return [...values].sort((a, b) => a - b);
}
