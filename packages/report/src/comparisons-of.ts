import type { ArmComparison, StudyAnalysis } from '@netspace/contracts';

/** The comparisons of a study, as they are shown. */
export interface ShownComparisons {
  /** At most one with each arm as the other, so that it stands in the arm's row: of spaces, or of settings of one space. */
  readonly inRows: readonly ArmComparison[];
  /** Of settings, where there are several spaces, too. */
  readonly ofSettings: readonly ArmComparison[];
}

/**
 * Divides the comparisons of a study into those of spaces in one setting and those of settings of one space.
 *
 * @example
 * import { comparisonsOf } from '@netspace/report';
 * comparisonsOf({ arms: [], comparisons: [] }).ofSettings; // => []
 */
export function comparisonsOf({ arms, comparisons }: Pick<StudyAnalysis, 'arms' | 'comparisons'>): ShownComparisons {
  const settingOf = (name: string): string => arms.find((arm) => arm.name === name)!.setting;
  const isOfSpaces = ({ first, other }: ArmComparison): boolean => settingOf(first) === settingOf(other);
  const ofSpaces = comparisons.filter(isOfSpaces);
  return ofSpaces.length === 0
    ? { inRows: comparisons, ofSettings: [] }
    : { inRows: ofSpaces, ofSettings: comparisons.filter((comparison) => !isOfSpaces(comparison)) };
}
