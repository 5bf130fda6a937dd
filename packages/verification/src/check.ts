import type { Engine } from '@netspace/contracts';

/** What a check found in one reference file. */
export interface CheckResult {
  /** Rows compared. */
  readonly cases: number;
  /** The largest error of any row, in the check's own measure; 0 where all agree exactly. */
  readonly worstError: number;
  /** Largest error that passes. */
  readonly tolerance: number;
  /** Which row and which value the worst error is: `row 12: dweight`. */
  readonly worstCase: string;
}

/** Compares netspace with every row of one kind of reference file. */
export interface Check {
  /** The file's name, e.g. `conv2d.json`. */
  readonly file: string;
  /** The checks of the maths have no use for the engine. */
  run(rows: readonly unknown[], engine: Engine): CheckResult[] | Promise<CheckResult[]>;
}
