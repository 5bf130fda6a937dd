import { checkValues, fail } from './check-values.js';

/**
 * Adjusts p-values for there being several: the i-th smallest of n is multiplied by n - i + 1, made no smaller than those
 * before it and at most 1. Calling a difference one where its adjusted p is at most a level keeps the chance of even one
 * false difference within that level, however the tests depend on each other (Holm 1979, "A simple sequentially rejective
 * multiple test procedure").
 *
 * @param pValues - At least one, in [0, 1].
 * @returns the adjusted p-values, in the same order.
 * @throws InvalidInputError where there is none, or one is not in [0, 1].
 * @example
 * import { holmAdjustment } from '@netspace/statistics';
 * holmAdjustment([0.25, 0.0625, 0.5]); // => [0.5, 0.1875, 0.5]
 */
export function holmAdjustment(pValues: readonly number[]): number[] {
  checkValues('pValues', pValues);
  const bad = pValues.findIndex((p) => p < 0 || p > 1);
  if (bad >= 0) fail(`pValues[${bad}]`, pValues[bad]!, 'a probability, 0 to 1');
  const ascending = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, index] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = largest;
  }
  return adjusted;
}
