import type {
  ClaimKind,
  ComparedArms,
  Latencies,
  Population,
  QuantizedLinearFit,
  TrainingRecord,
} from '@netspace/contracts';

/** A population and what became of its networks so far. */
export interface ArmResults {
  /** Distinct in the study. */
  readonly name: string;
  /** Name of its setting. */
  readonly setting: string;
  readonly population: Population;
  /**
   * The trainings so far under the arm's conditions, in any order, one a network and replicate. Those of networks or
   * replicates that the arm does not ask for are passed over.
   */
  readonly records: readonly TrainingRecord[];
  /** Trainings that are asked for of each network: an integer >= 1. */
  readonly replicates: number;
  /** Of the first so many networks; of the others one is asked for. All where it is left out. */
  readonly replicated?: number;
  /** Loss of predicting the frequencies of the classes, in nats; null where it is not known. */
  readonly chanceLoss: number | null;
  readonly degreesOfFreedom: number;
  /** Number of networks in the space, as text: `1.8e18`. */
  readonly size: string;
}

/** What a study is analysed from. */
export interface StudyResults {
  /** One or more. */
  readonly arms: readonly ArmResults[];
  /** The quantised-linear rule of each network that has a result, by network id: see `fitPopulation`. */
  readonly fits: Readonly<Record<string, QuantizedLinearFit>>;
  /** Where inference times were measured; null elsewhere. */
  readonly latencies: Latencies | null;
  /** Which arms of a setting are compared. */
  readonly compare: ComparedArms;
  /** Whether pairs of networks of equal flops are compared too. */
  readonly matched: boolean;
  /** What is decided, by name. */
  readonly claims: Readonly<Record<string, ClaimKind>>;
}
