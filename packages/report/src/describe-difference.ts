import type { ArmAnalysis, ArmComparison, ArmCounts } from '@netspace/contracts';
import { formatPercent, formatProbability } from '@netspace/formats';
import { networksText } from './coverage.js';

/** What is said of an arm that is compared. */
export interface ComparedArm extends Pick<ArmAnalysis, 'name'> {
  readonly counts: Pick<ArmCounts, 'networks' | 'trained'>;
}

/** What is said of a comparison. */
export type Described = Pick<ArmComparison, 'first' | 'other' | 'test' | 'p' | 'adjustedP' | 'dominates'>;

/** Below this chance, a difference is called one. */
export const level = 0.05;

/**
 * What the Kolmogorov-Smirnov test says of two arms, in words, and no more than it says.
 *
 * @param comparison - One of the study's comparisons.
 * @param analysis - The study's analysis, of which the arms are read.
 * @example
 * import { describeDifference } from '@netspace/report';
 * const counts = { networks: 2, trained: 2 };
 * const arms = [{ name: 'A', counts }, { name: 'B', counts }];
 * const test = { statistic: 0, at: 4, shares: [0.5, 0.5] as const, asymptoticP: 1, exactP: 1 };
 * const comparison = { first: 'A', other: 'B', test, p: 1, adjustedP: 1, dominates: 'both' as const };
 * describeDifference(comparison, { arms }); // => 'A and B have the same error distribution.'
 */
export function describeDifference(comparison: Described, { arms }: { readonly arms: readonly ComparedArm[] }): string {
  const { test, adjustedP } = comparison;
  const armOf = (name: string): ComparedArm => arms.find((arm) => arm.name === name)!;
  const [first, other] = [armOf(comparison.first), armOf(comparison.other)];
  if (test.statistic === 0) return `${first.name} and ${other.name} have the same error distribution.`;
  const [better, worse] = test.shares[1] > test.shares[0] ? [other, first] : [first, other];
  const [betterShare, worseShare] = [Math.max(...test.shares), Math.min(...test.shares)].map(wholePercent);
  return [
    `The error distributions of ${first.name} (${networksText(first.counts)} networks) and ${other.name}`,
    `(${networksText(other.counts)}) are furthest apart at ${formatPercent(test.at)}: ${betterShare} of ${better.name} but`,
    `${worseShare} of ${worse.name} have at most that error (D = ${test.statistic.toFixed(3)}, ${chance(comparison)}).`,
    adjustedP < level
      ? `Two samples of one distribution would rarely be so far apart; ${dominance(comparison, better)}`
      : 'Two samples of one distribution are so far apart too often to conclude from these networks that they differ.',
  ].join(' ');
}

function chance({ test, p, adjustedP }: Described): string {
  const kind = test.exactP === null ? 'asymptotic' : 'exact';
  const adjusted = adjustedP === p ? '' : `, adjusted p = ${formatProbability(adjustedP)}`;
  return `${kind} p = ${formatProbability(p)}${adjusted}`;
}

function wholePercent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** Whether one curve lies above the other everywhere: only then is an arm better at every error. */
function dominance({ other, dominates }: Described, better: ComparedArm): string {
  return dominates === (better.name === other ? 'other' : 'first')
    ? `in these samples ${better.name} has the larger share of good networks, whatever error counts as good.`
    : 'which has the larger share of good networks depends on the error that counts as good, for the curves cross.';
}
