import type {
  ClaimKind,
  ComparedArms,
  Latencies,
  Population,
  QuantizedLinearFit,
  ResultNetwork,
  SamplingReport,
  TrainingResult,
} from '@netspace/contracts';

/** A population, drawn here or elsewhere. */
export interface ResultPopulation extends Omit<Population, 'networks' | 'sampling'> {
  readonly networks: readonly ResultNetwork[];
  /** Null where it was drawn elsewhere. */
  readonly sampling: SamplingReport | null;
}

/** A population and what became of its networks so far. */
export interface ArmResults {
  /** Distinct in the study. */
  readonly name: string;
  /** Name of its setting. */
  readonly setting: string;
  readonly population: ResultPopulation;
  /**
   * The trainings so far under the arm's conditions, in any order, one a network and replicate. Those of networks or
   * replicates that the arm does not ask for are passed over.
   */
  readonly records: readonly TrainingResult[];
  /** Trainings that are asked for of each network: an integer >= 1, or those that there are. */
  readonly replicates: number | 'as recorded';
  /** Of the first so many networks; of the others one is asked for. All where it is left out. */
  readonly replicated?: number;
  /** Loss of predicting the frequencies of the classes, in nats; null where it is not known. */
  readonly chanceLoss: number | null;
  /** Of the space; null where it is not known. */
  readonly degreesOfFreedom: number | null;
  /** Number of networks in the space, as text: `1.8e18`; null where it is not known. */
  readonly size: string | null;
}

/** What a study is analysed from. */
export interface StudyResults {
  /** One or more. */
  readonly arms: readonly ArmResults[];
  /** The quantised-linear rule of each network that has a result and known widths, by network id: see `fitPopulation`. */
  readonly fits: Readonly<Record<string, QuantizedLinearFit>>;
  /** None where no inference time was measured. */
  readonly latencies: Latencies;
  /** Which arms of a setting are compared. */
  readonly compare: ComparedArms;
  /** Whether pairs of networks of equal flops are compared too. */
  readonly matched: boolean;
  /** What is decided, by name. */
  readonly claims: Readonly<Record<string, ClaimKind>>;
}
