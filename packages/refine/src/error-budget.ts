/**
 * The level of the next confirmation, so that the chance of one wrong acceptance in a whole chain, however long it gets, is
 * at most `errorRate`: errorRate / ((f + 1) (f + 2)), where f confirmations before it did not end in an acceptance.
 *
 * An accepted proposal gives its level back, as in fixed-sequence and fallback procedures (Bretz et al., "A graphical
 * approach to sequentially rejective multiple test procedures", Statistics in Medicine 28(4), 2009). The i-th proposal that
 * costs more than the margin comes, unless one before it was accepted, after at least i - 1 that were not, so all of them
 * together are accepted with a chance of at most the sum of errorRate / (i (i + 1)), which is errorRate.
 *
 * @param failures - Confirmations of the chain so far that were not accepted.
 * @example
 * import { levelAfter } from '@netspace/refine';
 * [levelAfter(0, 0.06), levelAfter(1, 0.06)]; // => [0.03, 0.01]
 */
export function levelAfter(failures: number, errorRate: number): number {
  return errorRate / ((failures + 1) * (failures + 2));
}
