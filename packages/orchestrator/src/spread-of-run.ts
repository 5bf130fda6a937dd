import { existsSync } from 'node:fs';
import type { ErrorSpread } from '@netspace/analysis';
import { readRecords, RunFolder } from '@netspace/run-store';
import { type Study, studyChanges, studyRecord } from '@netspace/study';
import { openRun } from './run.js';
import { armResults, trainedResult } from './steps/arm-results.js';
import { readPopulations } from './steps/read-populations.js';

/**
 * How far errors spread in what is trained of a study so far.
 *
 * @param directory - Folder of the study's run: it may be in use, and is left as it is.
 * @returns Null where there is no run, one of other networks or conditions, or too little of it.
 */
export async function spreadOfRun(study: Study, directory: string): Promise<ErrorSpread | null> {
  if (!existsSync(new RunFolder(directory).run)) return null;
  const run = await openRun(directory);
  if (studyChanges(run.content.study, studyRecord(study)).changes.length > 0) return null;
  const { populations } = await readPopulations(run);
  const { records: trained } = await readRecords(run.folder, trainedResult);
  const { errorSpread } = await import('@netspace/analysis');
  return errorSpread(armResults(run, { populations, trained }));
}
