import type { ComparedArms, ResultNetwork } from './study-analysis.js';
import type { TrainingResult } from './training-record.js';

/** A population that was drawn and trained elsewhere. */
export interface ImportedArm {
  /** Distinct in the study. */
  readonly name: string;
  readonly setting: string;
  readonly space: string;
  readonly networks: readonly ResultNetwork[];
  /** One or more of each network. */
  readonly results: readonly TrainingResult[];
}

/** Populations that were trained elsewhere, ready to be analysed. */
export interface ImportedStudy {
  readonly name: string;
  /** What wrote the results, for people: `sweeps of pycls`. */
  readonly origin: string;
  readonly compare: ComparedArms;
  /** Whether pairs of networks that are alike are compared, too. */
  readonly matched: boolean;
  /** One or more. */
  readonly arms: readonly ImportedArm[];
}
