import type { Dataset } from '@netspace/contracts';
import { writeFileWhole } from '../json-file.js';
import type { SpaceResults } from '../results.js';
import type { RunFolder } from '../run-folder.js';
import type { Study } from '../study.js';
import type { Fits } from './fit-step.js';

/** What the report is made of. */
export interface ReportMaterial {
  readonly study: Study;
  readonly folder: RunFolder;
  readonly dataset: Dataset;
  /** Description of the engine. */
  readonly engine: string;
  readonly results: readonly SpaceResults[];
  readonly fits: Fits;
}

export async function reportStep({ folder }: ReportMaterial): Promise<void> {
  writeFileWhole(folder.report, '');
}
