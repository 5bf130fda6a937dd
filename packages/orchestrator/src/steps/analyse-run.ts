import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArmResults } from '@netspace/analysis';
import {
  InvalidInputError,
  type Latencies,
  type StudyAnalysis,
  type TrainingRecord,
  type TrainingResult,
} from '@netspace/contracts';
import type { PluginModule } from '@netspace/plugins';
import {
  analysisKind,
  conditionsKind,
  type Artefact,
  latenciesKind,
  type MadeFrom,
  readArtefact,
  readMadeFrom,
  readRecords,
  writeArtefact,
} from '@netspace/run-store';
import type { StudyRecord } from '@netspace/study';
import type { StepControl } from '../pipeline-event.js';
import { hasResult, type Run } from '../run.js';
import type { AnalysedFrom } from '../threads/compute-analysis.js';
import { inThread } from '../threads/in-thread.js';
import { currentFits, type KnownFits } from './fit-networks.js';
import { type ReadPopulations, readPopulations } from './read-populations.js';

/** What an analysis has besides the claims that netspace ships. */
export interface AnalysisOptions extends StepControl {
  /** Plugins whose claims are decided too. */
  readonly plugins?: readonly PluginModule[];
}

/**
 * Analyses what is trained of a run, all of it or a part, and writes what it finds.
 *
 * @throws InvalidInputError where nothing is trained, a file of the run is missing, edited or made from something else, or
 * a claim of the study is neither shipped nor of a plugin that is given.
 */
export async function analyseRun(run: Run, options: AnalysisOptions = {}): Promise<StudyAnalysis> {
  const { plugins = [], signal, onEvent } = options;
  const read = readSources(run, options);
  const analysis = await analyseInThread(
    read.then((sources) => analysedFrom(run, sources, plugins)),
    signal,
  );
  await writeArtefact(run.folder.analysis, analysisKind, {
    made: madeFrom(run, await read, await claimsOf(plugins)),
    content: analysis,
  });
  onEvent?.({ kind: 'analysed', analysis });
  return analysis;
}

function analysedFrom(run: Run, sources: Sources, plugins: readonly PluginModule[]): AnalysedFrom {
  const { compare, matched, claims } = run.content.study;
  return {
    ...{ arms: armResults(run, sources), fits: sources.fits.fits, latencies: sources.latencies },
    ...{ compare, matched, claims },
    plugins: plugins.map(({ url }) => fileURLToPath(url)),
  };
}

/** In a thread of its own, which the signal ends; it starts while what is analysed is read. */
export function analyseInThread(
  from: AnalysedFrom | Promise<AnalysedFrom>,
  signal?: AbortSignal,
): Promise<StudyAnalysis> {
  return inThread(new URL('../threads/compute-analysis.js', import.meta.url), from, { signal });
}

/**
 * The analysis that was written.
 *
 * @throws InvalidInputError where there is none, it was edited, or it was made from something else than the run has now,
 * as where trainings came after it: what differs, and the command that renews it.
 */
export async function readAnalysis(run: Run, options: AnalysisOptions = {}): Promise<StudyAnalysis> {
  const made = madeFrom(run, await readSources(run, options), await claimsOf(options.plugins ?? []));
  return (await readMadeFrom(run.folder.analysis, analysisKind, made)).content;
}

/** All that an analysis is made from. */
interface Sources {
  readonly drawn: ReadPopulations;
  readonly records: readonly TrainingRecord[];
  readonly recordsHash: string;
  readonly fits: KnownFits;
  readonly latencies: Latencies;
  readonly latenciesHash: string | null;
}

async function readSources(run: Run, control: StepControl): Promise<Sources> {
  const drawn = await readPopulations(run);
  const { records, hash: recordsHash } = await readRecords(run.folder);
  checkTrained(run, records);
  await checkConditions(run);
  const fits = await currentFits(run, drawn, control);
  const measured = await readLatencies(run, drawn);
  return {
    ...{ drawn, records, recordsHash, fits },
    latencies: measured?.content ?? [],
    latenciesHash: measured?.hash ?? null,
  };
}

/**
 * The inference times that were measured; undefined where none were.
 *
 * @throws InvalidInputError where they were edited or are of other populations: what differs, and the command that renews
 * them.
 */
export async function readLatencies(
  { folder }: Run,
  { hashes: populations }: ReadPopulations,
): Promise<Artefact<Latencies> | undefined> {
  return existsSync(folder.latencies) ? readMadeFrom(folder.latencies, latenciesKind, { populations }) : undefined;
}

/** What the hashes of conditions in the records stand for, as it was written. */
async function checkConditions({ folder, content }: Run): Promise<void> {
  for (const hash of new Set(Object.values(content.training?.conditions ?? {}))) {
    await readArtefact(folder.conditions(hash), conditionsKind);
  }
}

function checkTrained({ folder, content, arms }: Run, records: readonly TrainingRecord[]): void {
  const conditions = new Set(Object.values(content.training?.conditions ?? {}));
  if (records.some((record) => hasResult(record) && conditions.has(record.conditions))) return;
  const names = arms.map(({ name }) => name).join(', ');
  const problem = `no network of ${names} is trained`;
  throw new InvalidInputError({ file: folder.records, problem, expected: 'what `netspace study train` writes' });
}

function madeFrom(
  { content }: Run,
  { drawn, records, recordsHash, fits, latenciesHash }: Sources,
  pluginClaims: Readonly<Record<string, string>>,
): MadeFrom {
  return {
    study: analysedPart(content.study),
    pluginClaims,
    trainings: records.length,
    populations: drawn.hashes,
    conditions: content.training?.conditions ?? {},
    records: recordsHash,
    fits: fits.hash,
    latencies: latenciesHash,
  };
}

/** Content hash of each claim that a plugin brings, by name. */
export async function claimsOf(plugins: readonly PluginModule[]): Promise<Record<string, string>> {
  if (plugins.length === 0) return {};
  const { loadPlugins } = await import('@netspace/plugins');
  const loaded = await loadPlugins(
    plugins.map(({ url }) => fileURLToPath(url)),
    resolve('.'),
  );
  const names = Object.keys(loaded.extensions.claims);
  return Object.fromEntries(names.map((name) => [name, loaded.contentOf('claims', name)!]));
}

/** What an analysis is made of a study besides its populations and results. */
function analysedPart({ seed, replicates, replicated, compare, matched, claims }: StudyRecord): Partial<StudyRecord> {
  return { seed, replicates, ...(replicated === undefined ? {} : { replicated }), compare, matched, claims };
}

/** The arms of a run with what is trained of them. */
export function armResults(
  { arms, content }: Run,
  { drawn, records }: Pick<Sources, 'drawn' | 'records'>,
): ArmResults[] {
  const { replicates, replicated } = content.study;
  const results = records.map((record) => ({ conditions: record.conditions, result: resultOf(record) }));
  return arms.map(({ name, setting }, index) => ({
    name,
    setting: setting.name,
    population: drawn.populations[index]!,
    records: results.flatMap(({ conditions, result }) =>
      conditions === content.training?.conditions[name] ? [result] : [],
    ),
    replicates,
    ...(replicated === undefined ? {} : { replicated }),
    chanceLoss: content.training?.datasets[setting.name]?.chanceLoss ?? null,
    ...content.spaces[name]!,
  }));
}

/** What is analysed of a record, and not the network once more: it goes to a thread. */
function resultOf(record: TrainingRecord): TrainingResult {
  const { network, replicate, seconds } = record;
  const training = { network: { id: network.id }, replicate, seconds };
  switch (record.status) {
    case 'completed': {
      const { status, error, validationError, epochs } = record;
      return { ...training, status, error, validationError, epochs };
    }
    case 'diverged': {
      const { status, error, validationError } = record;
      return { ...training, status, error, validationError };
    }
    case 'failed':
      return { ...training, status: record.status, message: record.message };
  }
}
