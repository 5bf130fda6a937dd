import { existsSync } from 'node:fs';
import { InvalidInputError, type Latencies } from '@netspace/contracts';
import {
  type Artefact,
  conditionsKind,
  latenciesKind,
  type MadeFrom,
  readArtefact,
  readMadeFrom,
  readRecords,
} from '@netspace/run-store';
import type { StudyRecord } from '@netspace/study';
import type { StepControl } from '../pipeline-event.js';
import type { Run } from '../run.js';
import { type TrainedResult, trainedResult } from './arm-results.js';
import { currentFits, type FitsText } from './fit-networks.js';
import { type PopulationTexts, readPopulationTexts, type ReadPopulations } from './read-populations.js';

/** All that an analysis is made from. */
export interface AnalysisSources {
  readonly drawn: PopulationTexts;
  readonly trained: readonly TrainedResult[];
  readonly recordsHash: string;
  readonly fits: FitsText;
  readonly latencies: Latencies;
  readonly latenciesHash: string | null;
}

/**
 * Reads and checks all that an analysis of a run is made from.
 *
 * @param populations - Its populations, which may be read already.
 * @throws InvalidInputError where nothing is trained, or a file of the run is missing, edited or made from something else.
 */
export async function readSources(
  run: Run,
  control: StepControl,
  populations: Promise<PopulationTexts> = readPopulationTexts(run),
): Promise<AnalysisSources> {
  const drawn = await populations;
  const { records: trained, hash: recordsHash } = await readRecords(run.folder, trainedResult);
  checkTrained(run, trained);
  await checkConditions(run);
  const fits = await currentFits(run, drawn, control);
  const measured = await readLatencies(run, drawn);
  return {
    ...{ drawn, trained, recordsHash, fits },
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
  { hashes: populations }: Pick<ReadPopulations, 'hashes'>,
): Promise<Artefact<Latencies> | undefined> {
  return existsSync(folder.latencies) ? readMadeFrom(folder.latencies, latenciesKind, { populations }) : undefined;
}

/** What the hashes of conditions in the records stand for, as it was written. */
async function checkConditions({ folder, content }: Run): Promise<void> {
  for (const hash of new Set(Object.values(content.training?.conditions ?? {}))) {
    await readArtefact(folder.conditions(hash), conditionsKind);
  }
}

function checkTrained({ folder, content, arms }: Run, trained: readonly TrainedResult[]): void {
  const conditions = new Set(Object.values(content.training?.conditions ?? {}));
  if (trained.some(({ conditions: own, result }) => result.status !== 'failed' && conditions.has(own))) return;
  const names = arms.map(({ name }) => name).join(', ');
  const problem = `no network of ${names} is trained`;
  throw new InvalidInputError({ file: folder.records, problem, expected: 'what `netspace study train` writes' });
}

/** What an analysis is made from, by content. */
export function madeFrom(
  { content }: Run,
  { drawn, trained, recordsHash, fits, latenciesHash }: AnalysisSources,
  pluginClaims: Readonly<Record<string, string>>,
): MadeFrom {
  return {
    study: analysedPart(content.study),
    pluginClaims,
    trainings: trained.length,
    populations: drawn.hashes,
    conditions: content.training?.conditions ?? {},
    records: recordsHash,
    fits: fits.hash,
    latencies: latenciesHash,
  };
}

/** What an analysis is made of a study besides its populations and results. */
function analysedPart({ seed, replicates, replicated, compare, matched, claims }: StudyRecord): Partial<StudyRecord> {
  return { seed, replicates, ...(replicated === undefined ? {} : { replicated }), compare, matched, claims };
}
