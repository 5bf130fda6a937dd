import type { Conditions, DatasetDescription, Engine, ImageShape } from '@netspace/contracts';
import type { PopulationRequest } from '@netspace/design-space';
import type { Arm, Study, StudyRecord } from './study.js';

/** What decides an arm's results besides the study. */
export interface ConditionsOptions {
  /** The images as used; null where the evaluator brings its own. */
  readonly dataset: Pick<DatasetDescription, 'name' | 'hash'> | null;
  /** What trains; null where another evaluator does. */
  readonly engine: Pick<Engine, 'name' | 'numerics'> | null;
  /** Content hash of the evaluator's program, where it is a command. */
  readonly commandHash?: string;
}

/** The conditions of an arm's results: by content, no path and no host. */
export declare function conditionsOf(study: StudyRecord, arm: Arm, options: ConditionsOptions): Conditions;

/** What identifies conditions: the first 16 hexadecimal digits of their content hash. */
export declare function conditionsHash(conditions: Conditions): string;

/** A value that differs: its place, and what stood and stands there; undefined where nothing does. */
export interface Change {
  /** `recipe.learningRate.base` */
  readonly key: string;
  readonly before: unknown;
  readonly now: unknown;
}

/** What differs between two conditions, value by value. */
export declare function conditionChanges(before: Conditions, now: Conditions): Change[];

/** What an arm's population is made from, as plain JSON: the request to sample, and the plugins that it uses by content. */
export interface PopulationInputs {
  readonly request: Required<PopulationRequest>;
  readonly plugins: Readonly<Record<string, string>>;
}

/** What an arm's population is made from. */
export declare function populationInputs(study: StudyRecord, arm: Arm, images: ImageShape): PopulationInputs;

/** What differs between a run's study and the file's. */
export interface StudyChanges {
  /** More or fewer networks, replicates, settings or spaces: a run may go on. */
  readonly growth: readonly Change[];
  /** What makes other networks or other results of arms that both have. */
  readonly changes: readonly Change[];
}

/** Compares the study of a run with that of the file. */
export declare function studyChanges(before: StudyRecord, now: StudyRecord): StudyChanges;

/** The plain form of a study, which a run keeps. */
export declare function studyRecord(study: Study): StudyRecord;
/**
 * A study from its plain form.
 *
 * @param file - For messages.
 * @throws InvalidInputError where it is not one.
 */
export declare function studyOfRecord(value: unknown, file: string): StudyRecord;
/** The text of a commented study file that is valid as it stands. */
export declare function newStudyText(name: string): string;
