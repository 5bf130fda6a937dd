import type { ClaimKind } from '@netspace/contracts';
import { groupsOf, losesNothing } from './change-of-error.js';
import { isFreeRegNet, isOfSpace, pairsBySetting } from './find-arms.js';

export const regnetLosesNothing: ClaimKind = {
  statement: 'Widths and depths by the quantised-linear rule lose nothing against AnyNetX-E.',
  source: 'section 3.3, Fig. 9',
  evidence: (analysis) =>
    pairsBySetting(analysis, isOfSpace('AnyNetX-E'), isFreeRegNet).map((pair) => losesNothing(groupsOf(pair))),
};
