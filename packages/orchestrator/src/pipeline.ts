import { join } from 'node:path';
import type { Engine, Population } from '@netspace/contracts';
import { loadDataset } from '@netspace/datasets';
import { coresPerNetwork } from './cores-per-network.js';
import { describeAnalyses, describeLatencies, describePlan } from './describe-results.js';
import { chooseEngine, type EngineChoice } from './engines.js';
import { print } from './output.js';
import { readResults, type SpaceResults } from './results.js';
import { RunFolder } from './run-folder.js';
import { analyseStep } from './steps/analyse-step.js';
import { fitStep, readFits } from './steps/fit-step.js';
import { latencyStep } from './steps/latency-step.js';
import { checkMemory, machineMemory, planStep } from './steps/plan-step.js';
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
  /** Megabytes that training may take; all that the machine or its container has where it is left out. */
  readonly memory?: number;
  /** Images of an inference pass whose time is measured. */
  readonly batch?: number;
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
  if (!(await planMemory(study, populations, choice.engine, options))) return;
  await trainStep(study, populations, folder, { ...options, engine: choice.engine });
  const results = readResults(study, folder, choice.engine.name);
  print(describeAnalyses(analyseStep(study, results, folder)));
  const fits = fitStep(results, folder);
  await showReport({ study, folder, dataset, engine: choice.engine.description, results, fits });
}

/**
 * Plans the memory of training and checks it; a dry run prints the plan.
 *
 * @returns whether to go on: a dry run ends here.
 */
async function planMemory(
  study: Study,
  populations: readonly Population[],
  { name }: Engine,
  { workers, memory, dryRun = false }: StudyOptions,
): Promise<boolean> {
  const { engine } = await chooseEngine(name, coresPerNetwork(workers));
  const limit = memory === undefined ? machineMemory() : memory * 1e6;
  const plan = await planStep(study, populations, engine, limit);
  if (dryRun) print(describePlan(plan, workers));
  checkMemory(plan, workers, limit);
  return !dryRun;
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
  await loadDataset(study.dataset);
  if (!(await planMemory(study, populations, engine, options))) return;
  await trainStep(study, populations, folder, { ...options, engine });
  print(`Records: ${folder.records}`);
}

/** Compares the error distributions of what is trained. */
export async function runAnalyse(options: StudyOptions): Promise<void> {
  const { study, folder } = openRun(options);
  print(describeAnalyses(analyseStep(study, await trainedResults(study, folder), folder)));
  print(`Analysis: ${folder.analysis}`);
}

/** Fits the quantised-linear rule to what is trained. */
export async function runFit(options: StudyOptions): Promise<void> {
  const { study, folder } = openRun(options);
  fitStep(await trainedResults(study, folder), folder);
  print(`Rules: ${folder.fits}`);
}

/** Measures the inference time of the populations that were drawn, and how it goes together with complexity. */
export async function runLatency({ batch: batchSize = 1, ...options }: StudyOptions): Promise<void> {
  const { study, folder } = openRun(options);
  const populations = readPopulations(study, folder);
  await registerStudyBlocks(study);
  const { engine } = await announceEngine(study);
  const latencies = await latencyStep(populations, folder, { engine, batchSize, signal: options.signal });
  print(describeLatencies(populations, latencies));
  print(`Inference times: ${folder.latencies}`);
}

/** Writes the report of what is trained. */
export async function runReport(options: StudyOptions): Promise<void> {
  const { study, folder } = openRun(options);
  const { engine } = await chooseEngine(study.engine);
  const results = readResults(study, folder, engine.name);
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
  return readResults(study, folder, engine.name);
}

async function showReport(input: Parameters<typeof reportStep>[0]): Promise<void> {
  await reportStep(input);
  print(`Report: ${input.folder.report}`);
}
