import { resolve } from 'node:path';
import {
  analyseArms,
  claimKinds,
  comparedArm,
  type ComparisonChoice,
  decideClaims,
  findingsOf,
  type MeasuredArm,
  measureArms,
  solveAhead,
  type StudyResults,
} from '@netspace/analysis';
import { type ArmComparison, type ClaimKind, InvalidInputError, type StudyFindings } from '@netspace/contracts';
import type { ComparedFrom } from './compute-comparisons.js';
import { inThread, type InParts, type PartsOf } from './in-thread.js';
import { armsOfText, type ResultsText } from './results-text.js';

/** What is analysed. */
export interface AnalysedFrom extends ResultsText {
  /** How many networks each arm may have results of. */
  readonly sizes: readonly number[];
  /** The rules that networks follow, as JSON. */
  readonly fits: string;
  readonly latencies: StudyResults['latencies'];
  /** How arms are compared. */
  readonly how: ComparisonChoice;
  readonly decided: DecidedClaims;
}

/** Which claims are decided: by name, since functions do not go to a thread. */
interface DecidedClaims {
  /** `all`: every shipped claim and every one of the plugins. */
  readonly claims: 'all' | readonly string[];
  /** Absolute paths of the plugins' modules. */
  readonly plugins: readonly string[];
}

/** In a thread: some tenths of a second for some thousand networks, without a break. Another one compares the arms meanwhile. */
export async function compute({
  sizes,
  how,
  decided,
  latencies,
  ...from
}: InParts<AnalysedFrom>): Promise<StudyFindings> {
  // Results are still read.
  (await sizes).forEach(solveAhead);
  const measuring = measuredArms(from);
  const compared = measuring.then((measured) => measured.map(comparedArm));
  const comparing = compareInThread({ arms: compared, how });
  // What becomes of it is told once it is waited for.
  comparing.catch(() => undefined);
  const kinds = await kindsOf(await decided);
  // The other thread has its arms before this one goes on without a break.
  await compared;
  const arms = analyseArms(await measuring, await latencies);
  const comparisons = await comparing;
  return findingsOf({ arms, comparisons, claims: decideClaims(kinds, { arms, comparisons }) });
}

async function measuredArms({
  fits,
  ...text
}: InParts<ResultsText & Pick<AnalysedFrom, 'fits'>>): Promise<MeasuredArm[]> {
  const arms = await armsOfText(text);
  return measureArms({ arms, fits: JSON.parse(await fits) as StudyResults['fits'] });
}

function compareInThread(from: PartsOf<ComparedFrom>): Promise<ArmComparison[]> {
  return inThread<ArmComparison[]>(new URL('./compute-comparisons.js', import.meta.url), { ...from });
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
