import { edfAt, holmAdjustment, type KolmogorovSmirnov, twoSampleKolmogorovSmirnov } from '@netspace/statistics';
import { percent, probability } from './format.js';
import type { SpaceView } from './study-view.js';

/** The Kolmogorov-Smirnov test of two spaces' errors; undefined where one of them has none. */
export function compareSpaces(first: SpaceView, other: SpaceView): KolmogorovSmirnov | undefined {
  if (first.errors.length === 0 || other.errors.length === 0) return undefined;
  return twoSampleKolmogorovSmirnov(first.errors, other.errors);
}

/** A space against the first one of the study. */
export interface Comparison {
  readonly first: SpaceView;
  readonly other: SpaceView;
  readonly test: KolmogorovSmirnov;
  /** The chance of such a distance between samples of one distribution: exact where it was computed. */
  readonly p: number;
  /** Adjusted for the number of comparisons (Holm). */
  readonly adjustedP: number;
}

/** Compares every space with the first; those that have no errors are left out. */
export function compareWithFirst([first, ...others]: readonly SpaceView[]): Comparison[] {
  const compared = others.flatMap((other) => {
    const test = compareSpaces(first!, other);
    return test === undefined ? [] : [{ first: first!, other, test, p: test.exactP ?? test.asymptoticP }];
  });
  if (compared.length === 0) return [];
  const adjusted = holmAdjustment(compared.map(({ p }) => p));
  return compared.map((comparison, index) => ({ ...comparison, adjustedP: adjusted[index]! }));
}

/** Below this chance, a difference is called one. */
export const level = 0.05;

/** What the test says of two spaces, in words, and no more than it says. */
export function describeDifference({ first, other, test, p, adjustedP }: Comparison): string {
  if (test.statistic === 0) return `${first.name} and ${other.name} have the same error distribution.`;
  const [better, worse] = test.shares[1] > test.shares[0] ? [other, first] : [first, other];
  const [betterShare, worseShare] = [Math.max(...test.shares), Math.min(...test.shares)].map(wholePercent);
  const kind = test.exactP === null ? 'asymptotic' : 'exact';
  const chance = `${kind} p = ${probability(p)}${adjustedP === p ? '' : `, adjusted p = ${probability(adjustedP)}`}`;
  return [
    `The error distributions of ${first.name} (${first.errors.length} networks) and ${other.name}`,
    `(${other.errors.length}) are furthest apart at ${percent(test.at)}: ${betterShare} of ${better.name} but`,
    `${worseShare} of ${worse.name} have at most that error (D = ${test.statistic.toFixed(3)}, ${chance}).`,
    adjustedP < level
      ? `Two samples of one distribution would rarely be so far apart; ${dominance(better, worse)}`
      : 'Two samples of one distribution are so far apart too often to conclude from these networks that the spaces differ.',
  ].join(' ');
}

function wholePercent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** Whether one curve lies above the other everywhere: only then is a space better at every error. */
function dominance(better: SpaceView, worse: SpaceView): string {
  const isAbove = [...better.errors, ...worse.errors].every(
    (error) => edfAt(better.errors, error).atMost >= edfAt(worse.errors, error).atMost,
  );
  return isAbove
    ? `in these samples ${better.name} has the larger share of good networks, whatever error counts as good.`
    : 'which has the larger share of good networks depends on the error that counts as good, for the curves cross.';
}
