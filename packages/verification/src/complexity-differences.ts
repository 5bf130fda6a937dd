import type { Complexity } from '@netspace/contracts';
import type { WorstError } from './worst-error.js';

/** Notes the absolute difference of each count: flops, params, acts. */
export function addComplexityDifferences(
  worst: WorstError,
  actual: Complexity,
  expected: Complexity,
  where: string,
): void {
  for (const count of ['flops', 'params', 'acts'] as const) {
    worst.add(Math.abs(actual[count] - expected[count]), `${where}: ${count}`);
  }
}
