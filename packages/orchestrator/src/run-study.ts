import type { StudyAnalysis } from '@netspace/contracts';
import type { TrainingCounts } from '@netspace/population';
import type { Study } from '@netspace/study';
import { analyseRun } from './steps/analyse-run.js';
import { readLatencies } from './steps/analysis-sources.js';
import { drawReport } from './steps/draw-report.js';
import { fitNetworks } from './steps/fit-networks.js';
import { readPopulations } from './steps/read-populations.js';
import { samplePopulations } from './steps/sample-populations.js';
import type { TrainOptions } from './steps/prepare-training.js';
import { trainPopulations } from './steps/train-populations.js';
import { beginRun } from './begin-run.js';
import { openRun } from './run.js';

/** Where a study's results are, and how it is run. */
export interface RunOptions extends TrainOptions {
  /** Folder of the results. */
  readonly directory: string;
  /** Go on where the folder holds results already. */
  readonly resume?: boolean;
}

/** What a run came to. */
export interface RunResult extends TrainingCounts {
  readonly analysis: StudyAnalysis;
  /** The report page. */
  readonly report: string;
}

/**
 * Runs a study: samples, trains, fits, analyses and reports, and says by events how it goes.
 *
 * @throws InvalidInputError of bad input, before anything is trained where that can be; AbortError where `signal` ends it:
 * what is done is kept, and `resume` goes on.
 */
export async function runStudy(
  study: Study,
  { directory, resume = false, ...options }: RunOptions,
): Promise<RunResult> {
  const counts = await sampleAndTrain(study, directory, resume, options);
  const run = await openRun(directory);
  await fitNetworks(run, options);
  const { modules: plugins } = study.loaded;
  await analyseRun(run, { ...options, plugins });
  const analysis = await drawReport(run, { ...options, plugins });
  return { ...counts, analysis, report: run.folder.report };
}

async function sampleAndTrain(
  study: Study,
  directory: string,
  resume: boolean,
  options: TrainOptions,
): Promise<TrainingCounts> {
  const run = await beginRun(study, directory, resume);
  try {
    const populations = await samplePopulations(run, true, options);
    await checkLatencies(directory);
    return await trainPopulations(run, populations, options);
  } finally {
    await run.close();
  }
}

/** Inference times of other populations, which the analysis refuses, are told before hours of training. */
async function checkLatencies(directory: string): Promise<void> {
  const run = await openRun(directory);
  await readLatencies(run, await readPopulations(run));
}
