import type { ArmAnalysis, ArmComparison } from '@netspace/contracts';
import { edfAt, holmAdjustment, twoSampleKolmogorovSmirnov } from '@netspace/statistics';

/**
 * Every arm with results against the first of its setting; against the study's first where each setting has one arm.
 * The p-values are adjusted for the number of all comparisons in the study.
 */
export function compareArms(arms: readonly ArmAnalysis[]): ArmComparison[] {
  const compared = arms.flatMap((other) => {
    const first = referenceOf(other, arms);
    const hasResults = first.networks.length > 0 && other.networks.length > 0;
    return first === other || !hasResults ? [] : [compare(first, other)];
  });
  if (compared.length === 0) return [];
  const adjusted = holmAdjustment(compared.map(({ p }) => p));
  return compared.map((comparison, index) => ({ ...comparison, adjustedP: adjusted[index]! }));
}

function referenceOf({ setting }: ArmAnalysis, arms: readonly ArmAnalysis[]): ArmAnalysis {
  const settings = new Set(arms.map((arm) => arm.setting));
  return settings.size === arms.length ? arms[0]! : arms.find((arm) => arm.setting === setting)!;
}

function compare(first: ArmAnalysis, other: ArmAnalysis): Omit<ArmComparison, 'adjustedP'> {
  const [firstErrors, otherErrors] = [errorsOf(first), errorsOf(other)];
  const test = twoSampleKolmogorovSmirnov(firstErrors, otherErrors);
  return {
    first: first.name,
    other: other.name,
    test,
    p: test.exactP ?? test.asymptoticP,
    dominates: dominance(firstErrors, otherErrors),
  };
}

function errorsOf({ networks }: ArmAnalysis): number[] {
  return networks.map(({ error }) => error);
}

/** Whose curve lies nowhere below the other's: it is compared at every error, where curves step. */
function dominance(first: readonly number[], other: readonly number[]): ArmComparison['dominates'] {
  const liesAbove = (a: readonly number[], b: readonly number[]): boolean =>
    [...a, ...b].every((error) => edfAt(a, error).atMost >= edfAt(b, error).atMost);
  const [firstAbove, otherAbove] = [liesAbove(first, other), liesAbove(other, first)];
  if (firstAbove && otherAbove) return 'both';
  if (firstAbove) return 'first';
  return otherAbove ? 'other' : 'neither';
}
