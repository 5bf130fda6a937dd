import type { ArmAnalysis, ArmComparison, EdfStep } from '@netspace/contracts';
import { holmAdjustment, twoSampleKolmogorovSmirnov } from '@netspace/statistics';

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
  const test = twoSampleKolmogorovSmirnov(errorsOf(first), errorsOf(other));
  return {
    first: first.name,
    other: other.name,
    test,
    p: test.exactP ?? test.asymptoticP,
    dominates: dominance(first.edf, other.edf),
  };
}

function errorsOf({ networks }: ArmAnalysis): number[] {
  return networks.map(({ error }) => error);
}

function dominance(first: readonly EdfStep[], other: readonly EdfStep[]): ArmComparison['dominates'] {
  const [firstAbove, otherAbove] = [liesNowhereBelow(first, other), liesNowhereBelow(other, first)];
  if (firstAbove && otherAbove) return 'both';
  if (firstAbove) return 'first';
  return otherAbove ? 'other' : 'neither';
}

/** Whether curve a is at least as high as b wherever b rises: between, b stays and a does not fall. */
function liesNowhereBelow(a: readonly EdfStep[], b: readonly EdfStep[]): boolean {
  return b.every(({ error, atMost }) => (a.findLast((step) => step.error <= error)?.atMost ?? 0) >= atMost);
}
