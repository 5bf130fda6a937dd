import type { Interval, ProposalResult, RefinedSpace } from '@netspace/contracts';

/** What happens while a space is refined. */
export type RefineEvent =
  /** Proposals are made for a space by so many of its networks; the prediction explains `r2` of their errors' variance. */
  | {
      readonly kind: 'proposing';
      readonly step: number;
      readonly space: RefinedSpace;
      readonly networks: number;
      readonly r2: number;
      /** Pairs that tell a difference of the margin, by what is left after the prediction. */
      readonly marginPairs: number;
      /** Pairs that one confirmation may take, by `pairs` and by what is left of the budget. */
      readonly allowedPairs: number;
    }
  /** They are ordered by what is foretold: those that are worth trying. */
  | { readonly kind: 'proposed'; readonly step: number; readonly proposals: readonly ProposalResult[] }
  /** A proposal that is being confirmed was looked at. */
  | {
      readonly kind: 'looked';
      readonly proposal: string;
      readonly pairs: number;
      readonly effect: number;
      readonly interval: Interval;
      readonly spent: number;
    }
  /** The chain has ended: so many networks of each of its spaces are trained for the end. */
  | { readonly kind: 'ended'; readonly spaces: number; readonly networks: number }
  | { readonly kind: 'decided'; readonly step: number; readonly proposal: ProposalResult };
