import { join } from 'node:path';
import { loadDataset } from '@netspace/datasets';
import { coresPerNetwork } from './cores-per-network.js';
import { chooseEngine, type EngineChoice } from './engines.js';
import { print } from './output.js';
import { recipeHash } from './recipe-hash.js';
import { readResults, type SpaceResults } from './results.js';
import { RunFolder } from './run-folder.js';
import { analyseStep, type SpaceAnalysis } from './steps/analyse-step.js';
import { fitStep, readFits } from './steps/fit-step.js';
import { checkMemory, megabytes, planStep } from './steps/plan-step.js';
import { reportStep } from './steps/report-step.js';
import { readPopulations, sampleStep } from './steps/sample-step.js';
import { trainStep } from './steps/train-step.js';
import { readStudy, registerStudyBlocks, type Study } from './study.js';
import { formatTable } from './text-table.js';

/** What the command line says about a study. */
export interface StudyOptions {
  /** The study file. */
  readonly file: string;
  /** Folder of the results; `runs/<name>` where it is left out. */
  readonly out?: string;
  /** Folder of the dataset's files. */
  readonly data?: string;
  /** Engine, instead of the study's. */
  readonly engine?: string;
  /** Worker processes. */
  readonly workers: number;
  readonly resume: boolean;
  /** Plan the memory and train nothing. */
  readonly dryRun?: boolean;
  readonly signal: AbortSignal;
}

/** Samples, trains, analyses, fits and reports. */
export async function runPipeline(options: StudyOptions): Promise<void> {
  const run = openRun(options);
  const { study, folder } = run;
  // Everything that can fail early does so before hours of training: the file, the engine, the dataset.
  const choice = await announceEngine(study);
  const dataset = await loadDataset(study.dataset);
  const populations = await sampleStep(study, dataset, folder);
  await trainStep(study, populations, folder, { ...options, engine: choice.engine });
  const results = readResults(study, folder, recipeHash(study, choice.engine.name));
  showAnalysis(analyseStep(study, results, folder));
  const fits = fitStep(results, folder);
  await showReport({ study, folder, dataset, engine: choice.engine.description, results, fits });
}

/** Draws the populations. */
export async function runSample(options: StudyOptions): Promise<void> {
  const { study, folder } = openRun(options);
  const populations = await sampleStep(study, await loadDataset(study.dataset), folder);
  const header = ['space', 'networks', 'candidates drawn', 'file'];
  print(
    formatTable(
      header,
      populations.map(({ space, networks, sampling }) => [
        space,
        networks.length,
        sampling.drawn,
        folder.population(space),
      ]),
    ),
  );
}

/** Trains the populations that were drawn, or with `dryRun` prints the memory that it would take. */
export async function runTrain(options: StudyOptions): Promise<void> {
  const { study, folder } = openRun(options);
  const populations = readPopulations(study, folder);
  await registerStudyBlocks(study);
  const { engine } = await announceEngine(study);
  if (options.dryRun === true) {
    const planned = await chooseEngine(engine.name, coresPerNetwork(options.workers));
    showPlan(await planStep(study, populations, planned.engine), options.workers);
    return;
  }
  await trainStep(study, populations, folder, { ...options, engine });
  print(`Records: ${folder.records}`);
}

/** Compares the error distributions of what is trained. */
export async function runAnalyse(options: StudyOptions): Promise<void> {
  const { study, folder } = openRun(options);
  showAnalysis(analyseStep(study, await trainedResults(study, folder), folder));
  print(`Analysis: ${folder.analysis}`);
}

/** Fits the quantised-linear rule to what is trained. */
export async function runFit(options: StudyOptions): Promise<void> {
  const { study, folder } = openRun(options);
  fitStep(await trainedResults(study, folder), folder);
  print(`Rules: ${folder.fits}`);
}

/** Writes the report of what is trained. */
export async function runReport(options: StudyOptions): Promise<void> {
  const { study, folder } = openRun(options);
  const { engine } = await chooseEngine(study.engine);
  const results = readResults(study, folder, recipeHash(study, engine.name));
  const dataset = await loadDataset(study.dataset);
  await showReport({ study, folder, dataset, engine: engine.description, results, fits: readFits(folder) });
}

interface Run {
  readonly study: Study;
  readonly folder: RunFolder;
}

function openRun({ file, out, data, engine }: StudyOptions): Run {
  const overrides = { ...(data === undefined ? {} : { data }), ...(engine === undefined ? {} : { engine }) };
  const study = readStudy(file, overrides);
  return { study, folder: new RunFolder(out ?? join('runs', study.name)) };
}

async function announceEngine({ engine }: Study): Promise<EngineChoice> {
  const choice = await chooseEngine(engine);
  for (const line of choice.passedOver) print(line);
  print(`Engine: ${choice.engine.name} (${choice.engine.description})`);
  return choice;
}

async function trainedResults(study: Study, folder: RunFolder): Promise<SpaceResults[]> {
  const { engine } = await chooseEngine(study.engine);
  return readResults(study, folder, recipeHash(study, engine.name));
}

function showAnalysis(analyses: readonly SpaceAnalysis[]): void {
  const header = ['space', 'n', 'diverged', 'min error %', 'median %', 'mean %', 'KS', 'p'];
  const rows = analyses.map(({ space, networks, errors, kolmogorovSmirnov: test }) => [
    space,
    errors.n,
    networks.diverged,
    ...[errors.min, errors.median, errors.mean].map((error) => error.toFixed(2)),
    test?.statistic.toFixed(3) ?? '',
    (test?.exactP ?? test?.asymptoticP)?.toPrecision(2) ?? '',
  ]);
  print(formatTable(header, rows));
}

function showPlan(plans: Awaited<ReturnType<typeof planStep>>, workers: number): void {
  const rows = plans.map(({ space, networks, smallest, largest }) => [
    ...[space, networks, megabytes(smallest), megabytes(largest)],
  ]);
  print(formatTable(['space', 'networks', 'smallest MB', 'largest MB'], rows));
  checkMemory(plans, workers);
  const largest = Math.max(...plans.map((plan) => plan.largest));
  print(`${workers} workers take at most ${megabytes(workers * largest)} MB for networks, and the dataset each`);
}

async function showReport(input: Parameters<typeof reportStep>[0]): Promise<void> {
  await reportStep(input);
  print(`Report: ${input.folder.report}`);
}
