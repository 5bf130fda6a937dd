import type { EdfStep } from '@netspace/contracts';
import { fail } from './check-values.js';

/** Where two distribution functions are furthest apart. */
export interface EdfDistance {
  /** The largest |F_a(e) - F_b(e)| over all errors e, in [0, 1]. */
  readonly distance: number;
  /** The smallest error at which it is so large. */
  readonly at: number;
}

/**
 * The largest distance of two EDFs, each of them given by its steps: of {@link errorEdf}, or of {@link weightedEdf}, for
 * which it is the weighted Kolmogorov-Smirnov statistic. O(m + n) time.
 *
 * @param a - Steps, ascending by error, at least one.
 * @param b - The same.
 * @throws InvalidInputError where one has no step.
 * @example
 * import { largestEdfDistance, weightedEdf } from '@netspace/statistics';
 * const a = weightedEdf({ errors: [1, 2], weights: [3, 1] });
 * const b = weightedEdf({ errors: [1, 2], weights: [1, 3] });
 * largestEdfDistance(a.steps, b.steps); // => { distance: 0.5, at: 1 }
 */
export function largestEdfDistance(a: readonly EdfStep[], b: readonly EdfStep[]): EdfDistance {
  checkSteps('a', a);
  checkSteps('b', b);
  let best: EdfDistance = { distance: -1, at: NaN };
  let [shareOfA, shareOfB] = [0, 0];
  // Once one of them has reached 1, the other only comes closer.
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [nextOfA, nextOfB] = [a[i]!, b[j]!];
    const at = Math.min(nextOfA.error, nextOfB.error);
    if (nextOfA.error === at) [shareOfA, i] = [nextOfA.atMost, i + 1];
    if (nextOfB.error === at) [shareOfB, j] = [nextOfB.atMost, j + 1];
    const distance = Math.abs(shareOfA - shareOfB);
    if (distance > best.distance) best = { distance, at };
  }
  return best;
}

function checkSteps(name: string, steps: readonly EdfStep[]): void {
  if (steps.length === 0) fail(name, '0 steps', 'at least 1');
}
