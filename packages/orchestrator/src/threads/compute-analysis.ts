import { resolve } from 'node:path';
import { analyseStudy, claimKinds, type StudyResults } from '@netspace/analysis';
import { type ClaimKind, InvalidInputError, type StudyAnalysis } from '@netspace/contracts';

/** What is analysed: claims by name, since functions do not go to a thread. */
export interface AnalysedFrom extends Omit<StudyResults, 'claims'> {
  /** `all`: every shipped claim and every one of the plugins. */
  readonly claims: 'all' | readonly string[];
  /** Absolute paths of the plugins' modules. */
  readonly plugins: readonly string[];
}

/** In a thread: a second for some thousand networks, without a break. */
export async function compute({ claims, plugins, ...results }: AnalysedFrom): Promise<StudyAnalysis> {
  const known = { ...claimKinds, ...(await claimsOf(plugins)) };
  const names = claims === 'all' ? Object.keys(known) : claims;
  return analyseStudy({ ...results, claims: Object.fromEntries(names.map((name) => [name, kindOf(name, known)])) });
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
