import type { ArmComparison, EdfStep } from '@netspace/contracts';
import {
  brunnerMunzel,
  errorEdf,
  hodgesLehmann,
  holmAdjustment,
  improvementInterval,
  interquartileMeanDifferences,
  mannWhitney,
  probabilityOfImprovement,
  twoSampleKolmogorovSmirnov,
} from '@netspace/statistics';
import type { ComparedArm, ComparedNetwork } from './compared-arm.js';
import { matchArms, type UnadjustedMatch } from './match-arms.js';
import { pairsOfArms } from './pairs-of-arms.js';
import type { StudyResults } from './study-results.js';
import { weighArms } from './weigh-arms.js';

/** Which arms are compared, and how. */
export type ComparisonChoice = Pick<StudyResults, 'compare' | 'matched'>;

/** An arm by the errors of its networks. */
interface OrderedArm extends ComparedArm {
  /** In the order of the networks' indexes. */
  readonly errors: readonly number[];
  /** The networks, the lowest error first. */
  readonly ranked: readonly ComparedNetwork[];
  readonly edf: readonly EdfStep[];
}

/** A comparison before the others are known. */
type Unadjusted = Omit<ArmComparison, 'adjustedP' | 'matched'> & { readonly matched: UnadjustedMatch | null };

/**
 * The arms with results of each setting as `compare` says, and each with the first arm of its space: that of the first
 * setting. The p-values are adjusted for the number of all comparisons in the study.
 *
 * @example
 * import { comparedArm, compareArms, measureArms } from '@netspace/analysis';
 * import { madeArm, madeStudy } from '@netspace/analysis/testing';
 * const study = madeStudy([madeArm('A', [{ error: 12 }, { error: 11 }]), madeArm('B', [{ error: 9 }, { error: 8 }])]);
 * const comparisons = compareArms(measureArms(study).map(comparedArm), study);
 * comparisons.map(({ first, other, dominates }) => [first, other, dominates]); // => [['A', 'B', 'other']]
 */
export function compareArms(arms: readonly ComparedArm[], { compare, matched }: ComparisonChoice): ArmComparison[] {
  const withResults = arms.filter(({ networks }) => networks.length > 0).map(orderedArm);
  const pairs = pairsOfArms(withResults, compare);
  const differences = interquartileMeanDifferences(
    pairs.map(([first, other]) => ({ a: first.errors, b: other.errors, seed: first.seed })),
  );
  const compared = pairs.map(([first, other], index) => ({
    ...compareTwo(first, other),
    interquartileMeanDifference: differences[index]!,
    matched: matched ? matchArms(first.ranked, other.ranked) : null,
  }));
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

function orderedArm(arm: ComparedArm): OrderedArm {
  const errors = arm.networks.map(({ error }) => error);
  return { ...arm, errors, ranked: arm.networks.toSorted((a, b) => a.error - b.error), edf: errorEdf(errors) };
}

function compareTwo(first: OrderedArm, other: OrderedArm): Omit<Unadjusted, 'interquartileMeanDifference' | 'matched'> {
  const [a, b] = [first.errors, other.errors];
  const { shift, interval } = hodgesLehmann(a, b);
  const test = twoSampleKolmogorovSmirnov(a, b);
  return {
    first: first.name,
    other: other.name,
    networks: [a.length, b.length],
    medianDifference: { difference: shift, interval },
    probabilityOfImprovement: { value: probabilityOfImprovement(b, a), interval: improvementInterval(b, a) },
    test,
    p: test.exactP ?? test.asymptoticP,
    mannWhitneyP: mannWhitney(a, b).p,
    brunnerMunzelP: brunnerMunzel(a, b)?.p ?? null,
    dominates: dominance(first.edf, other.edf),
    weighted: weighArms(first.ranked, other.ranked),
  };
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
