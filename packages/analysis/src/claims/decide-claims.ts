import {
  type ClaimEvidence,
  type ClaimKind,
  type ClaimResult,
  InvalidInputError,
  type StudyAnalysis,
} from '@netspace/contracts';
import { holmAdjustment, normalQuantile } from '@netspace/statistics';

/** Below this adjusted chance, a claim is decided. */
const level = 0.05;

/** The chance with which `decidingNetworks` would decide. */
const power = 0.8;

/**
 * Looks at each claim wherever the analysis can tell, and decides.
 *
 * Every place where a claim is looked at has two chances, of its data were the claim false, and were it true. All of them
 * together are adjusted by Holm's method: the chance that any claim of a study is decided wrongly stays below 5 %.
 *
 * @param kinds - By name, in the order in which they are told.
 * @throws InvalidInputError where a kind throws, or gives what is no evidence: which one.
 * @example
 * import { decideClaims } from '@netspace/analysis';
 * decideClaims({}, { arms: [], comparisons: [] }); // => []
 */
export function decideClaims(
  kinds: Readonly<Record<string, ClaimKind>>,
  analysis: Omit<StudyAnalysis, 'claims'>,
): ClaimResult[] {
  const told = Object.entries(kinds).flatMap(([name, kind]) =>
    evidenceOf(name, kind, analysis).map((evidence) => ({
      ...{ name, statement: kind.statement, source: kind.source },
      ...evidence,
    })),
  );
  if (told.length === 0) return [];
  const adjusted = holmAdjustment(told.flatMap(({ falseP, trueP }) => [falseP, trueP]));
  return told.map((claim, index) => {
    const [adjustedFalseP, adjustedTrueP] = [adjusted[2 * index]!, adjusted[2 * index + 1]!];
    const verdict = verdictOf(adjustedFalseP, adjustedTrueP);
    const decidingNetworks = verdict === 'undecided' ? decidingNumber(claim, told.length) : null;
    return { ...claim, adjustedFalseP, adjustedTrueP, verdict, decidingNetworks };
  });
}

function evidenceOf(
  name: string,
  { evidence }: ClaimKind,
  analysis: Omit<StudyAnalysis, 'claims'>,
): readonly ClaimEvidence[] {
  try {
    return evidence(analysis);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new InvalidInputError({ key: `claims.${name}`, problem }, { cause: error });
  }
}

function verdictOf(adjustedFalseP: number, adjustedTrueP: number): ClaimResult['verdict'] {
  if (adjustedFalseP < level) return 'supported';
  return adjustedTrueP < level ? 'contradicted' : 'undecided';
}

/**
 * Networks with which the same effect would be decided in 80 % of the cases, were this claim the hardest of the study: the
 * interval shrinks with the square root of their number.
 */
function decidingNumber({ effect, interval, margin, networks }: ClaimEvidence, claims: number): number | null {
  if (effect === null || interval === null || effect === margin) return null;
  const error = (interval.high - interval.low) / (2 * normalQuantile(0.975));
  const needed = normalQuantile(1 - level / (2 * claims)) + normalQuantile(power);
  const number = Math.ceil(networks * ((needed * error) / (effect - margin)) ** 2);
  return Number.isSafeInteger(number) ? Math.max(number, networks + 1) : null;
}
