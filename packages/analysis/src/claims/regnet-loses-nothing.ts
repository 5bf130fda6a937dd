import type { ClaimKind } from '@netspace/contracts';
import { groupsOf, losesNothing } from './change-of-error.js';
import { hasFreeRule, isExcited, isOfSpace, pairsBySetting } from './find-arms.js';

export const regnetLosesNothing: ClaimKind = {
  statement: 'Widths and depths by the quantised-linear rule lose nothing against AnyNetX-E.',
  source: 'section 3.3, Fig. 9',
  evidence: (analysis) =>
    // With squeeze-excitation, as with block Y in all of a setting, both have it.
    [false, true]
      .flatMap((excited) =>
        pairsBySetting(
          analysis,
          (arm) => isOfSpace('AnyNetX-E')(arm) && isExcited(arm) === excited,
          (arm) => hasFreeRule(arm) && isExcited(arm) === excited,
        ),
      )
      .map((pair) => losesNothing(groupsOf(pair))),
};
