import type { Regime } from './complexity.js';
import type { SampledNetwork } from './training.js';

/** How hard a population was to find. */
export interface SamplingReport {
  /** Candidates drawn. */
  readonly drawn: number;
  /** Candidates that became members. */
  readonly accepted: number;
  /** Candidates each check threw out: `stages`, `flops`, `params`, `acts`, `duplicate`, or the text of a constraint. */
  readonly rejected: Readonly<Record<string, number>>;
}

/** Distinct networks drawn from one design space in one regime. */
export interface Population {
  /** Name of the design space. */
  readonly space: string;
  readonly regime: Regime;
  readonly seed: number;
  readonly networks: readonly SampledNetwork[];
  readonly sampling: SamplingReport;
}
