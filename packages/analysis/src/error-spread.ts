import { sampleVariance } from 'simple-statistics';
import { joinRecords, type NetworkTrainings } from './join-records.js';
import type { ArmResults } from './study-results.js';
import { isUntrained } from './untrained.js';

/** How far errors spread in a study's populations, in percentage points. */
export interface ErrorSpread {
  /** Standard deviation of the errors of one training each, within an arm. */
  readonly total: number;
  /** Of one network's trainings; null where none was trained twice. */
  readonly within: number | null;
  /** Networks that it is of. */
  readonly networks: number;
}

/**
 * The spread of test errors within the arms of a study, over the trainings so far that completed and learned: variances are
 * pooled over the arms, those of one network's trainings over the networks.
 *
 * @returns Null where no arm has two such networks, or all their errors are equal.
 * @example
 * import { errorSpread } from '@netspace/analysis';
 * import { madeArm } from '@netspace/analysis/testing';
 * const arms = [madeArm('A', [{ error: [10, 12] }, { error: [14, 14] }]), madeArm('B', [{ error: 30 }, { error: 34 }])];
 * const { total, within, networks } = errorSpread(arms)!;
 * [total.toFixed(2), within, networks]; // => ['2.83', 1, 4]
 */
export function errorSpread(arms: readonly ArmResults[]): ErrorSpread | null {
  const perArm = arms.map((arm) => joinRecords(arm).map((network) => errorsOf(network, arm.chanceLoss)));
  const firsts = perArm.map((networks) => networks.flatMap(([first]) => (first === undefined ? [] : [first])));
  const total = pooled(firsts);
  if (total === null || total === 0) return null;
  const within = pooled(perArm.flat());
  return { total, within, networks: firsts.flat().length };
}

/** Errors of a network's trainings that completed and learned, by replicate. */
function errorsOf({ trainings }: NetworkTrainings, chanceLoss: number | null): number[] {
  return trainings.flatMap((record) =>
    record?.status === 'completed' && !isUntrained(record, chanceLoss) ? [record.error] : [],
  );
}

/** Standard deviation about the means of groups; null where none has two values. */
function pooled(groups: readonly (readonly number[])[]): number | null {
  const several = groups.filter(({ length }) => length > 1);
  if (several.length === 0) return null;
  const freedom = several.reduce((sum, { length }) => sum + length - 1, 0);
  const squares = several.reduce((sum, group) => sum + (group.length - 1) * sampleVariance([...group]), 0);
  return Math.sqrt(squares / freedom);
}
