import { join } from 'node:path';
import type { Engine, Population } from '@netspace/contracts';
import { loadDataset } from '@netspace/datasets';
import { readRecords } from '@netspace/population';
import { coresPerNetwork } from './cores-per-network.js';
import { describeAnalyses, describeLatencies, describeModel, describePlan } from './describe-results.js';
import { chooseEngine, type EngineChoice } from './engines.js';
import { print } from './output.js';
import { readResults, type SpaceResults } from './results.js';
import { RunFolder } from './run-folder.js';
import type { ModelFormat } from './save-model.js';
import { analyseStep } from './steps/analyse-step.js';
import { exportStep, findNetwork } from './steps/export-step.js';
import { fitStep, readFits } from './steps/fit-step.js';
import { latencyStep } from './steps/latency-step.js';
import { checkMemory, machineMemory, planStep } from './steps/plan-step.js';
import { reportStep } from './steps/report-step.js';
import { readPopulations, sampleStep } from './steps/sample-step.js';
import { trainStep } from './steps/train-step.js';
import { readStudy, registerStudyBlocks, type Study } from './study.js';
import { openStudyTraining } from './study-training.js';
import { formatTable } from './text-table.js';
import { conditionsOf, recipeHash } from './training-conditions.js';

/** Where a study and its results are. */
interface FolderOptions {
  /** The study file. */
  readonly file: string;
  /** Folder of the results; `runs/<name>` where it is left out. */
  readonly out?: string;
  /** Folder of the dataset's files. */
  readonly data?: string;
  /** Engine, instead of the study's. */
  readonly engine?: string;
  readonly signal: AbortSignal;
}

/** What the command line says about a study. */
export interface StudyOptions extends FolderOptions {
  /** Worker processes. */
  readonly workers: number;
  readonly resume: boolean;
  /** Plan the memory and train nothing. */
  readonly dryRun?: boolean;
  /** Megabytes that training may take; all that the machine or its container has where it is left out. */
  readonly memory?: number;
  /** Images of an inference pass whose time is measured. */
  readonly batch?: number;
}

/** What the command line says about a network of a study that is to be written as a model. */
interface ExportOptions extends FolderOptions {
  /** Id of the network. */
  readonly network: string;
  readonly format: ModelFormat;
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

/** Trains a network again, since records keep no weights, and writes it as a model. */
export async function runExport({ network: id, format, signal, ...options }: ExportOptions): Promise<void> {
  const { study, folder } = openRun(options);
  const task = findNetwork(readPopulations(study, folder), id);
  const training = await openStudyTraining(study, study.engine, coresPerNetwork(1));
  announce(training);
  const directory = folder.model(id, format);
  const description = await exportStep(training, task, { format, directory, signal });
  const hash = recipeHash(conditionsOf(study, training.engine.name));
  const record = readRecords(folder.records).find(
    ({ space, network, recipeHash }) => space === task.space && network.id === id && recipeHash === hash,
  );
  print(describeModel(description, record?.error));
  print(`Model: ${directory}`);
}

interface Run {
  readonly study: Study;
  readonly folder: RunFolder;
}

function openRun({ file, out, data, engine }: Omit<FolderOptions, 'signal'>): Run {
  const overrides = { ...(data === undefined ? {} : { data }), ...(engine === undefined ? {} : { engine }) };
  const study = readStudy(file, overrides);
  return { study, folder: new RunFolder(out ?? join('runs', study.name)) };
}

async function announceEngine({ engine }: Study): Promise<EngineChoice> {
  const choice = await chooseEngine(engine);
  announce(choice);
  return choice;
}

function announce({ engine, passedOver }: EngineChoice): void {
  for (const line of passedOver) print(line);
  print(`Engine: ${engine.name} (${engine.description})`);
}

async function trainedResults(study: Study, folder: RunFolder): Promise<SpaceResults[]> {
  const { engine } = await chooseEngine(study.engine);
  return readResults(study, folder, engine.name);
}

async function showReport(input: Parameters<typeof reportStep>[0]): Promise<void> {
  await reportStep(input);
  print(`Report: ${input.folder.report}`);
}
