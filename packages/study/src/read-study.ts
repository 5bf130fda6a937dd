import type { Study } from './study.js';

/** What the command line decides besides the study file. */
export interface StudyOverrides {
  /** Folder of the dataset's files, meant from the current folder. */
  readonly data?: string;
  readonly engine?: string;
  /** Further plugin modules, meant from the current folder. */
  readonly plugins?: readonly string[];
}

/**
 * Reads a study file: plugins loaded, settings expanded, spaces resolved, everything checked that needs no images.
 *
 * @throws InvalidInputError naming file, line and key of the first problem.
 */
export declare function readStudy(file: string, overrides?: StudyOverrides): Promise<Study>;
