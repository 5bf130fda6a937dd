import type { ClaimEvidence } from '@netspace/contracts';
import { brunnerMunzel, hodgesLehmann, mannWhitney } from '@netspace/statistics';
import type { ArmPair } from './find-arms.js';

/** A loss of so many percentage points counts as one. */
export const lossMargin = 1;

/** Two groups of errors, named for people. */
export interface ErrorGroups {
  readonly from: { readonly name: string; readonly errors: readonly number[] };
  readonly to: { readonly name: string; readonly errors: readonly number[] };
}

/** The errors of two arms. */
export function groupsOf({ from, to }: ArmPair): ErrorGroups {
  const group = ({ name, networks }: ArmPair['from']): ErrorGroups['from'] => ({
    name,
    errors: networks.map(({ error }) => error),
  });
  return { from: group(from), to: group(to) };
}

/**
 * Chances of two groups' errors, were those of the one not larger and not lower than the other's: by Brunner and Munzel's
 * test, which groups of different sizes and spreads do not mislead. Where one group lies wholly above the other, it is
 * undefined, and Mann and Whitney's serves.
 */
function tailsOf(a: readonly number[], b: readonly number[]): Tails {
  const tested = brunnerMunzel(a, b);
  if (tested !== null) return { ...tested, test: 'Brunner-Munzel, one-sided' };
  return { ...mannWhitney(a, b), test: 'Mann-Whitney, one-sided' };
}

interface Tails {
  /** Name of the test. */
  readonly test: string;
  readonly greaterP: number;
  readonly lessP: number;
}

/**
 * Evidence that the step from one group to another loses nothing: that errors do not rise by the margin (non-inferiority).
 * Whether errors less the margin tend to be lower than before, by {@link tailsOf}: what is called a loss lies above the
 * margin.
 */
export function losesNothing({ from, to }: ErrorGroups): ClaimEvidence {
  const { shift, interval } = hodgesLehmann(to.errors, from.errors);
  const { lessP, greaterP, test } = tailsOf(
    to.errors.map((error) => error - lossMargin),
    from.errors,
  );
  return {
    where: `${from.name} to ${to.name}`,
    statistic: `median rise of errors`,
    unit: 'percentage points',
    effect: shift,
    interval,
    test,
    margin: lossMargin,
    falseP: lessP,
    trueP: greaterP,
    networks: Math.min(from.errors.length, to.errors.length),
  };
}

/** Evidence that the step from one group to another lowers errors at all, by {@link tailsOf}. */
export function helps({ from, to }: ErrorGroups): ClaimEvidence {
  const { shift, interval } = hodgesLehmann(from.errors, to.errors);
  const { lessP, greaterP, test } = tailsOf(from.errors, to.errors);
  return {
    where: `${from.name} to ${to.name}`,
    statistic: 'median fall of errors',
    unit: 'percentage points',
    effect: shift,
    interval,
    test,
    margin: 0,
    falseP: greaterP,
    trueP: lessP,
    networks: Math.min(from.errors.length, to.errors.length),
  };
}

/** Evidence that the step from one group to another raises errors. */
export function loses(groups: ErrorGroups): ClaimEvidence {
  const evidence = helps({ from: groups.to, to: groups.from });
  return {
    ...evidence,
    where: `${groups.from.name} to ${groups.to.name}`,
    statistic: 'median rise of errors',
  };
}
