import { join } from 'node:path';
import { contentHash } from '@netspace/content-hash';
import {
  type DesignSpace,
  InvalidInputError,
  type Refinement,
  type SampledNetwork,
  type StudyAnalysis,
  type TrainingRecord,
} from '@netspace/contracts';
import { degreesOfFreedom, formatDesignSpaceChain, formatSize, sizeOf } from '@netspace/design-space';
import type { Refined, RefineEvent, RefineOptions, TrainingOutcome } from '@netspace/refine';
import {
  type MadeFrom,
  readMadeFrom,
  readRecords,
  refinementKind,
  writeArtefact,
  writeFileWhole,
} from '@netspace/run-store';
import {
  architectureOf,
  type Arm,
  distributionsOf,
  populationInputs,
  type RefineSection,
  refineSchema,
  type Study,
} from '@netspace/study';
import { imagesOf } from './images-of.js';
import type { StepControl } from './pipeline-event.js';
import { beginRun, type OpenRun } from './begin-run.js';
import { openRun } from './run.js';
import { writeReport } from './steps/draw-report.js';
import type { TrainOptions } from './steps/prepare-training.js';
import { samplePopulations } from './steps/sample-populations.js';
import { openTraining, type Training } from './steps/train-on-demand.js';
import { studyFacts } from './study-facts.js';
import { analyseInThreads } from './threads/analyse-in-threads.js';
import { textOf } from './threads/results-text.js';

/** Where a refinement's results are, and how it is run. */
export interface RefineStudyOptions extends TrainOptions {
  /** Folder of the results. */
  readonly directory: string;
  /** Go on where the folder holds results already. */
  readonly resume?: boolean;
  /** End after the first proposals: nothing is confirmed. */
  readonly proposeOnly?: boolean;
  /** Called as the chain grows. */
  readonly onRefine?: (event: RefineEvent) => void;
}

/** What refining a study came to. */
export interface RefinedStudy {
  readonly refinement: Refinement;
  /** The chain: a file that `spaces` of a study reads. */
  readonly spacesFile: string;
  /** The report page; null where nothing was confirmed, since only proposals were asked for. */
  readonly report: string | null;
}

/**
 * The folder of a refinement where none is given: `runs/<name>-refined` in the current folder.
 *
 * @example
 * import { join } from 'node:path';
 * import { refinedDirectory } from '@netspace/orchestrator';
 * refinedDirectory({ name: 'first' }) === join('runs', 'first-refined'); // => true
 */
export function refinedDirectory({ name }: Pick<Study, 'name'>): string {
  return join('runs', `${name}-refined`);
}

/**
 * Refines the space of a study: proposes simpler and narrower spaces by networks that are trained, confirms the likeliest on
 * fresh ones, and goes on until nothing more is supported or the budget ends. Writes the chain, its evidence, and a report of
 * all its spaces by networks that decided nothing.
 *
 * The same study and results come to the same chain: an interrupted one goes on with `resume`, and trains nothing twice.
 *
 * @throws InvalidInputError of bad input, before anything is trained: a study of several settings or spaces, a budget that is
 * too small to confirm anything. AbortError where `signal` ends it: what is trained is kept.
 * @example
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readRefinement, refineStudy } from '@netspace/orchestrator';
 * import { readStudy } from '@netspace/study';
 * const folder = mkdtempSync(join(tmpdir(), 'refine-'));
 * const file = join(folder, 'study.yaml');
 * // What trains the networks: here a program whose errors are made up.
 * writeFileSync(join(folder, 'train.mjs'), `import { createInterface } from 'node:readline';
 * createInterface(process.stdin).on('line', (line) => {
 *   const { job, config } = JSON.parse(line);
 *   console.log(JSON.stringify({ job, error: 10 + config.stages[0].depth }));
 * });`);
 * writeFileSync(file, `name: refined
 * spaces: [RegNetX]
 * networks: 20
 * regime: { flops: [10e6, 40e6] }
 * stem: { width: 8 }
 * dataset: { name: external, classes: 10, channels: 3, imageSize: 32 }
 * evaluator: { command: [node, train.mjs], processes: many }
 * `);
 * const study = await readStudy(file);
 * const directory = join(folder, 'run');
 * const { refinement, report } = await refineStudy(study, { directory, workers: 1, proposeOnly: true });
 * report; // => null
 * (await readRefinement(study, directory)).steps.length === refinement.steps.length; // => true
 */
export async function refineStudy(study: Study, options: RefineStudyOptions): Promise<RefinedStudy> {
  const section = study.refine ?? refineSchema.parse({});
  const arm = onlyArm(study);
  await checkBudget(section, study.networks, arm.space);
  const run = await beginRun(study, options.directory, options.resume ?? false);
  try {
    const populations = await samplePopulations(run, true, options);
    const training = await openTraining(run, populations, options);
    try {
      const refined = await refineArm(run, arm, { section, training, options });
      return await writeRefined(run, arm, refined, options);
    } finally {
      await training.close();
    }
  } finally {
    await run.close();
  }
}

/** @throws InvalidInputError where the study has more than one arm. */
function onlyArm({ file, settings }: Study): Arm {
  const [setting] = settings;
  if (settings.length > 1) {
    const problem = `there are ${settings.length} settings`;
    throw new InvalidInputError({ file, key: 'settings', problem, expected: 'one, in which a space is refined' });
  }
  const [space] = setting!.spaces;
  if (setting!.spaces.length > 1) {
    const problem = `got ${setting!.spaces.map(({ name }) => name).join(', ')}`;
    throw new InvalidInputError({ file, key: 'spaces', problem, expected: 'one space, from which refining starts' });
  }
  return { name: space!.name, setting: setting!, space: space! };
}

/** Networks by which proposals can be made at all. */
const leastNetworks = 20;

/** @throws InvalidInputError where the budget cannot confirm one proposal, or there are too few networks to propose from. */
async function checkBudget({ budget, final }: RefineSection, networks: number, space: DesignSpace): Promise<void> {
  if (degreesOfFreedom(space) === 0) {
    const problem = `${space.name} has one network`;
    throw new InvalidInputError({ key: 'spaces', problem, expected: 'a space with parameters that are drawn' });
  }
  if (networks < leastNetworks) {
    const expected = `at least ${leastNetworks}, by which the first proposals are made`;
    throw new InvalidInputError({ key: 'networks', problem: `got ${networks}`, expected });
  }
  const { firstLook } = await import('@netspace/refine');
  const least = networks + 2 * firstLook + 2 * final;
  if (!('networks' in budget) || budget.networks >= least) return;
  throw new InvalidInputError({
    key: 'refine.budget.networks',
    problem: `got ${budget.networks}`,
    expected: `at least ${least}: ${networks} to propose, ${2 * firstLook} to confirm one proposal, ${final} of each of two spaces at the end`,
  });
}

interface RefineRoom {
  readonly section: RefineSection;
  readonly training: Training;
  readonly options: RefineStudyOptions;
}

type RefinedSpaces = Refined<DesignSpace, SampledNetwork>;

async function refineArm(run: OpenRun, arm: Arm, { section, training, options }: RefineRoom): Promise<RefinedSpaces> {
  const { study } = run;
  const { extensions } = study.loaded;
  const images = await imagesOf(study);
  const { setting, regime } = populationInputs(study, arm, images[arm.setting.name]!).request;
  const { signal, onRefine, proposeOnly = false } = options;
  const { designSpaceGround, refine, shippedRefinements } = await import('@netspace/refine');
  const ground = designSpaceGround({
    request: {
      ...{ regime, setting, architecture: architectureOf(extensions), distributions: distributionsOf(extensions) },
      ...(signal === undefined ? {} : { signal }),
    },
    ...{ seed: study.seed, start: arm.space, own: section.proposals },
    kinds: { ...shippedRefinements, ...extensions.refinements },
    train: async (networks) => {
      const records = await training.train(networks);
      return networks.map((network, index) => outcomeOf(network, records[index]!, section.budget));
    },
  });
  const { margin, errorRate, pairs, final, accept, reject, budget } = section;
  const limit = Object.values(budget)[0]!;
  const asked: RefineOptions = {
    ...{ margin, errorRate, pairs, final, accept, reject, proposeOnly },
    ...{ budget: limit, first: study.networks },
  };
  return refine(ground, arm.space, asked, onRefine);
}

const secondsAnHour = 3600;

function outcomeOf(
  { complexity }: SampledNetwork,
  record: TrainingRecord,
  budget: RefineSection['budget'],
): TrainingOutcome {
  const cost = 'networks' in budget ? 1 : 'hours' in budget ? record.seconds / secondsAnHour : complexity.flops;
  const testError = record.status === 'failed' ? null : record.error;
  return { error: decidingError(record), testError, cost };
}

/** The validation error where there is one, so that test images decide nothing; null without a result. */
function decidingError(record: TrainingRecord): number | null {
  if (record.status === 'completed') return record.validationError ?? record.error;
  return record.status === 'diverged' ? record.error : null;
}

async function writeRefined(
  run: OpenRun,
  arm: Arm,
  refined: RefinedSpaces,
  options: RefineStudyOptions,
): Promise<RefinedStudy> {
  const { folder, study } = run;
  const { refinement, spaces } = refined;
  const { records, hash } = await readRecords(folder);
  await writeArtefact(folder.refinement, refinementKind, { made: madeFrom(study, hash), content: refinement });
  await writeFileWhole(folder.refinedSpaces, formatDesignSpaceChain(spaces));
  const told = { refinement, spacesFile: folder.refinedSpaces };
  if (refined.final.length === 0) return { ...told, report: null };
  const opened = await openRun(folder.directory);
  const analysis = await analyseFinal(run, arm, refined, records, options);
  await writeReport(
    folder,
    {
      ...{ title: study.name, facts: studyFacts(opened, records), study: opened.content.study },
      ...{ analysis, refinement },
    },
    { ...options, plugins: study.loaded.modules },
  );
  return { ...told, report: folder.report };
}

/** What a refinement is made from. */
function madeFrom(study: Study, records: string): MadeFrom {
  return { space: contentHash(onlyArm(study).space), refine: study.refine ?? null, records };
}

/**
 * The refinement of a study that was written.
 *
 * @throws InvalidInputError where there is none, it was edited, or the study or its results have changed since.
 */
export async function readRefinement(study: Study, directory: string): Promise<Refinement> {
  const { folder } = await openRun(directory);
  const { hash } = await readRecords(folder);
  return (await readMadeFrom(folder.refinement, refinementKind, madeFrom(study, hash))).content;
}

/** All spaces of the chain compared, by the networks that decided nothing. */
async function analyseFinal(
  { study, folder }: OpenRun,
  { setting }: Arm,
  { spaces, final }: RefinedSpaces,
  records: readonly TrainingRecord[],
  { signal }: StepControl,
): Promise<StudyAnalysis> {
  const distributions = distributionsOf(study.loaded.extensions);
  const { training } = (await openRun(folder.directory)).content;
  const arms = spaces.map((space, index) => ({
    ...{ name: space.name, setting: setting.name, records, replicates: 1 },
    population: {
      ...{ space: space.name, regime: setting.regime, seed: study.seed, sampling: null },
      networks: final[index]!.map((network, place) => ({ ...network, index: place })),
    },
    chanceLoss: training?.datasets[setting.name]?.chanceLoss ?? null,
    ...{ degreesOfFreedom: degreesOfFreedom(space), size: formatSize(sizeOf(space, distributions)) },
  }));
  const { analysisOf, fitPopulation } = await import('@netspace/analysis');
  const fits = await fitPopulation(final.flat(), signal === undefined ? {} : { signal });
  const findings = await analyseInThreads(
    {
      ...{ ...textOf(arms), fits: JSON.stringify(fits), latencies: [] },
      ...{ how: { compare: 'first', matched: false }, decided: { claims: [], plugins: [] } },
    },
    { signal },
  );
  return analysisOf(findings, { arms, fits });
}
