import type { ArmAnalysis, ArmComparison, ComparedArms, EdfStep } from '@netspace/contracts';
import {
  type BootstrapDifference,
  bootstrapDifferences,
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
  const withResults = arms.filter(({ networks }) => networks.length > 0);
  const errors = new Map(withResults.map((arm) => [arm, errorsOf(arm)]));
  const pairs = pairsOfArms(withResults, options.compare).map(([first, other]) => ({
    ...{ first, other, a: errors.get(first)!, b: errors.get(other)!, seed: first.seed },
  }));
  const differences = bootstrapDifferences(pairs, { statistic: interquartileMean });
  const compared = pairs.map((pair, index) => compareTwo(pair, differences[index]!, options));
  if (compared.length === 0) return [];
  const adjusted = holmAdjustment(compared.map(({ p }) => p));
  const adjustedSigns = adjustedPs(compared, ({ signP }) => signP);
  const adjustedEquivalences = adjustedPs(compared, ({ equivalence }) => equivalence.p);
  return compared.map((comparison, index) => ({
    ...comparison,
    adjustedP: adjusted[index]!,
    matched: comparison.matched && {
      ...comparison.matched,
      adjustedSignP: adjustedSigns[index]!,
      equivalence: { ...comparison.matched.equivalence, adjustedP: adjustedEquivalences[index]! },
    },
  }));
}

/** A p-value of matched comparisons, adjusted for their number: by comparison; null where it has none. */
function adjustedPs(
  compared: readonly Unadjusted[],
  pOf: (matched: UnadjustedMatch) => number | null,
): (number | null)[] {
  const ps = compared.map(({ matched }) => matched && pOf(matched));
  const known = ps.filter((p) => p !== null);
  const adjusted = known.length === 0 ? [] : holmAdjustment(known);
  let next = 0;
  return ps.map((p) => (p === null ? null : adjusted[next++]!));
}

/** Two arms with the errors of their networks. */
interface ComparedPair {
  readonly first: ArmAnalysis;
  readonly other: ArmAnalysis;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

function compareTwo(
  { first, other, a, b }: ComparedPair,
  interquartileMeanDifference: BootstrapDifference,
  { matched }: ComparisonOptions,
): Unadjusted {
  const { shift, interval } = hodgesLehmann(a, b);
  const test = twoSampleKolmogorovSmirnov(a, b);
  return {
    first: first.name,
    other: other.name,
    networks: [a.length, b.length],
    medianDifference: { difference: shift, interval },
    interquartileMeanDifference,
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
  let passed = 0;
  return b.every(({ error, atMost }) => {
    while (passed < a.length && a[passed]!.error <= error) passed++;
    return (a[passed - 1]?.atMost ?? 0) >= atMost;
  });
}
