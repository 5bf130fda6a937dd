import type { ArmAnalysis, ArmComparison, EdfStep } from '@netspace/contracts';
import { holmAdjustment, twoSampleKolmogorovSmirnov } from '@netspace/statistics';

/**
 * Every arm with results against the first of its setting, and against the first arm of its space: that of the first
 * setting. The p-values are adjusted for the number of all comparisons in the study.
 */
export function compareArms(arms: readonly ArmAnalysis[]): ArmComparison[] {
  const compared = arms.flatMap((other) => referencesOf(other, arms).map((first) => compare(first, other)));
  if (compared.length === 0) return [];
  const adjusted = holmAdjustment(compared.map(({ p }) => p));
  return compared.map((comparison, index) => ({ ...comparison, adjustedP: adjusted[index]! }));
}

/** What an arm is compared with. */
function referencesOf(other: ArmAnalysis, arms: readonly ArmAnalysis[]): ArmAnalysis[] {
  const firstOfSetting = arms.find(({ setting }) => setting === other.setting)!;
  const firstOfSpace = arms.find(({ space }) => space === other.space)!;
  const hasResults = ({ networks }: ArmAnalysis): boolean => networks.length > 0;
  return [firstOfSetting, firstOfSpace].filter((first) => first !== other && hasResults(first) && hasResults(other));
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
