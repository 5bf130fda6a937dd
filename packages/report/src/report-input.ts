import type { Latencies, Population, QuantizedLinearFit, TrainingRecord } from '@netspace/contracts';

/** A line of the study's description. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** A design space and what became of its population. */
export interface ReportSpace {
  readonly population: Population;
  /** The networks trained so far, in any order. */
  readonly records: readonly TrainingRecord[];
  readonly degreesOfFreedom: number;
  /** Number of networks in the space, as text: `1.8e18`. */
  readonly size: string;
  /** The quantised-linear rule of each network, by network id. */
  readonly fits: Readonly<Record<string, QuantizedLinearFit>>;
}

/** What a report is made of. */
export interface ReportInput {
  readonly title: string;
  /** Facts of the study: dataset, recipe, engine, regime, seed, when, how long. */
  readonly description: readonly Fact[];
  /** One or more; the others are compared with the first. Their names are distinct. */
  readonly spaces: readonly ReportSpace[];
  /** Where they were measured. */
  readonly latencies?: Latencies | undefined;
}
