import { resolve } from 'node:path';
import { analyseArms, claimKinds, decideClaims, findingsOf, type StudyResults } from '@netspace/analysis';
import { type ArmComparison, type ClaimKind, InvalidInputError, type StudyFindings } from '@netspace/contracts';
import type { InParts } from './in-thread.js';
import { armsOfText, type ResultsText } from './results-text.js';

/** What is analysed. */
export interface AnalysedFrom extends ResultsText {
  /** The rules that networks follow, as JSON. */
  readonly fits: string;
  readonly latencies: StudyResults['latencies'];
  readonly decided: DecidedClaims;
  /** They are made meanwhile. */
  readonly comparisons: readonly ArmComparison[];
}

/** Which claims are decided: by name, since functions do not go to a thread. */
interface DecidedClaims {
  /** `all`: every shipped claim and every one of the plugins. */
  readonly claims: 'all' | readonly string[];
  /** Absolute paths of the plugins' modules. */
  readonly plugins: readonly string[];
}

/** In a thread: some tenths of a second for some thousand networks, without a break. */
export async function compute({ decided, ...from }: InParts<AnalysedFrom>): Promise<StudyFindings> {
  const kinds = await kindsOf(await decided);
  const results = await armsOfText(from);
  const fits = JSON.parse(await from.fits) as StudyResults['fits'];
  const arms = analyseArms({ arms: results, fits, latencies: await from.latencies });
  const comparisons = await from.comparisons;
  return findingsOf({ arms, comparisons, claims: decideClaims(kinds, { arms, comparisons }) });
}

async function kindsOf({ claims, plugins }: DecidedClaims): Promise<Readonly<Record<string, ClaimKind>>> {
  const known = { ...claimKinds, ...(await claimsOf(plugins)) };
  const names = claims === 'all' ? Object.keys(known) : claims;
  return Object.fromEntries(names.map((name) => [name, kindOf(name, known)]));
}

async function claimsOf(plugins: DecidedClaims['plugins']): Promise<Readonly<Record<string, ClaimKind>>> {
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
