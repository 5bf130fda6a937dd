import type { ArmAnalysis, ArmComparison, ComparedArms, EdfStep } from '@netspace/contracts';
import {
  bootstrapDifference,
  brunnerMunzel,
  hodgesLehmann,
  holmAdjustment,
  improvementInterval,
  interquartileMean,
  mannWhitney,
  probabilityOfImprovement,
  twoSampleKolmogorovSmirnov,
} from '@netspace/statistics';
import { matchArms, type UnadjustedMatch } from './match-arms.js';
import { pairsOfArms } from './pairs-of-arms.js';
import { weighArms } from './weigh-arms.js';

/** What is compared, and how. */
export interface ComparisonOptions {
  readonly compare: ComparedArms;
  /** Whether pairs of networks of equal flops are compared too. */
  readonly matched: boolean;
}

/** A comparison before the others are known. */
type Unadjusted = Omit<ArmComparison, 'adjustedP' | 'matched'> & { readonly matched: UnadjustedMatch | null };

/**
 * The arms with results of each setting as `compare` says, and each with the first arm of its space: that of the first
 * setting. The p-values are adjusted for the number of all comparisons in the study.
 */
export function compareArms(arms: readonly ArmAnalysis[], options: ComparisonOptions): ArmComparison[] {
  const compared = pairsOfArms(
    arms.filter(({ networks }) => networks.length > 0),
    options.compare,
  ).map(([first, other]) => compareTwo(first, other, options));
  if (compared.length === 0) return [];
  const adjusted = holmAdjustment(compared.map(({ p }) => p));
  const adjustedSigns = adjustedSignPs(compared);
  return compared.map((comparison, index) => ({
    ...comparison,
    adjustedP: adjusted[index]!,
    matched: comparison.matched && { ...comparison.matched, adjustedSignP: adjustedSigns[index]! },
  }));
}

/** By comparison; null where it has none. */
function adjustedSignPs(compared: readonly Unadjusted[]): (number | null)[] {
  const signPs = compared.map(({ matched }) => matched?.signP ?? null);
  const known = signPs.filter((p) => p !== null);
  const adjusted = known.length === 0 ? [] : holmAdjustment(known);
  let next = 0;
  return signPs.map((p) => (p === null ? null : adjusted[next++]!));
}

function compareTwo(first: ArmAnalysis, other: ArmAnalysis, { matched }: ComparisonOptions): Unadjusted {
  const [a, b] = [errorsOf(first), errorsOf(other)];
  const { shift, interval } = hodgesLehmann(a, b);
  const test = twoSampleKolmogorovSmirnov(a, b);
  return {
    first: first.name,
    other: other.name,
    networks: [a.length, b.length],
    medianDifference: { difference: shift, interval },
    interquartileMeanDifference: bootstrapDifference({ a, b, statistic: interquartileMean, seed: first.seed }),
    probabilityOfImprovement: { value: probabilityOfImprovement(b, a), interval: improvementInterval(b, a) },
    test,
    p: test.exactP ?? test.asymptoticP,
    mannWhitneyP: mannWhitney(a, b).p,
    brunnerMunzelP: brunnerMunzel(a, b)?.p ?? null,
    dominates: dominance(first.edf, other.edf),
    matched: matched ? matchArms(first, other) : null,
    weighted: weighArms(first, other),
  };
}

/** In the order of the population: what is drawn from them does not depend on the order of results. */
function errorsOf({ networks }: ArmAnalysis): number[] {
  return [...networks].sort((a, b) => a.network.index - b.network.index).map(({ error }) => error);
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
