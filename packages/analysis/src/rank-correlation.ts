import { ranks, spearmanOfRanks } from '@netspace/statistics';

/** Spearman's correlation; null where one of the two does not vary. */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number | null {
  return varies(x) && varies(y) ? spearmanOfRanks(ranks(x), ranks(y)) : null;
}

/** Whether there are two different values or more. */
export function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}
