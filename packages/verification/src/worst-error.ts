import type { CheckResult } from './check.js';

/** Collects errors and keeps the worst. An error that is not a number is the worst there is. */
export class WorstError {
  private worst = 0;
  private where = '';
  private cases = 0;

  constructor(private readonly tolerance: number) {}

  /** Counts one row. */
  countCase(): void {
    this.cases++;
  }

  /** Notes an error, >= 0, and where it was seen. */
  add(error: number, where: string): void {
    const size = Number.isNaN(error) ? Infinity : error;
    if (size <= this.worst) return;
    this.worst = size;
    this.where = where;
  }

  result(): CheckResult {
    return { cases: this.cases, worstError: this.worst, tolerance: this.tolerance, worstCase: this.where };
  }
}
