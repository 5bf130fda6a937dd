import type { Complexity, Regime } from './complexity.js';
import type { NetworkConfig } from './network-config.js';

/** A member of a population: what was drawn and what it built. */
export interface SampledNetwork {
  /** Unique in its population and stable: the hash of its configuration. */
  readonly id: string;
  /** Position in the population, from 0. */
  readonly index: number;
  readonly config: NetworkConfig;
  readonly complexity: Complexity;
  /** The drawn parameters by name (`d[1]`, `w[1]`, `w_0`, `w_a`, `w_m`), as in the space's definition. */
  readonly parameters: Readonly<Record<string, number>>;
}

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
