import type { Interval } from './sample-statistics.js';

/** When a run ends before all its networks are trained: once every comparison is as narrow as this. */
export interface StopRule {
  /** Half of the width of each one's confidence sequence, percentage points, above 0. */
  readonly halfWidth: number;
  /** Of each one's sequence, over all looks together: in (0, 1). */
  readonly confidence: number;
}

/** Two arms compared while they train, by an interval that holds whenever one looks. */
export interface SequentialComparison {
  /** Names of the arms. */
  readonly first: string;
  readonly other: string;
  /** Networks of each that it is made of: pairs of the same index, of which all before them have a result, too. */
  readonly networks: number;
  /** Where the difference of mean test errors first - other lies, percentage points; -100 to 100 before the first pair. */
  readonly interval: Interval;
}
