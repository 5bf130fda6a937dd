import { correlation } from '@netspace/statistics';

/** Spearman's correlation; null where one of the two does not vary. */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number | null {
  return new Set(x).size < 2 || new Set(y).size < 2 ? null : correlation(x, y).spearman;
}
