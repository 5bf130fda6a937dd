import { resolve } from 'node:path';
import {
  analyseStudy,
  type ArmResults,
  claimKinds,
  findingsOf,
  type ResultPopulation,
  type StudyResults,
} from '@netspace/analysis';
import { type ClaimKind, InvalidInputError, type StudyFindings, type TrainingResult } from '@netspace/contracts';

/** An arm with its population as JSON, and the name that its results have. */
export interface AnalysedArm {
  readonly arm: Omit<ArmResults, 'population' | 'records'>;
  readonly population: string;
  readonly results: string;
}

/**
 * What is analysed. What is large comes as JSON, which takes a fraction of the time of a copy for the thread; claims by name,
 * since functions do not go to one.
 */
export interface AnalysedFrom extends Omit<StudyResults, 'arms' | 'fits' | 'claims'> {
  readonly arms: readonly AnalysedArm[];
  /** The results that arms name, as JSON. */
  readonly results: Readonly<Record<string, string>>;
  /** As JSON. */
  readonly fits: string;
  /** `all`: every shipped claim and every one of the plugins. */
  readonly claims: 'all' | readonly string[];
  /** Absolute paths of the plugins' modules. */
  readonly plugins: readonly string[];
}

/** In a thread: some tenths of a second for some thousand networks, without a break. */
export async function compute({ claims, plugins, ...from }: AnalysedFrom): Promise<StudyFindings> {
  const known = { ...claimKinds, ...(await claimsOf(plugins)) };
  const names = claims === 'all' ? Object.keys(known) : claims;
  const kinds = Object.fromEntries(names.map((name) => [name, kindOf(name, known)]));
  return findingsOf(analyseStudy({ ...parsed(from), claims: kinds }));
}

function parsed({
  arms,
  results,
  fits,
  ...others
}: Omit<AnalysedFrom, 'claims' | 'plugins'>): Omit<StudyResults, 'claims'> {
  const records = new Map(Object.entries(results).map(([name, json]) => [name, JSON.parse(json) as TrainingResult[]]));
  return {
    ...others,
    arms: arms.map(({ arm, population, results: name }) => ({
      ...arm,
      population: JSON.parse(population) as ResultPopulation,
      records: records.get(name) ?? [],
    })),
    fits: JSON.parse(fits) as StudyResults['fits'],
  };
}

async function claimsOf(plugins: AnalysedFrom['plugins']): Promise<Readonly<Record<string, ClaimKind>>> {
  if (plugins.length === 0) return {};
  const { loadPlugins } = await import('@netspace/plugins');
  return (await loadPlugins(plugins, resolve('.'))).extensions.claims;
}

function kindOf(name: string, known: Readonly<Record<string, ClaimKind>>): ClaimKind {
  const kind = known[name];
  if (kind !== undefined) return kind;
  const expected = `a shipped claim, or one of a plugin that is given: ${Object.keys(known).join(', ')}`;
  throw new InvalidInputError({ key: 'claims', problem: `got ${JSON.stringify(name)}`, expected });
}
