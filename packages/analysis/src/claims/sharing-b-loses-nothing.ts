import type { ClaimKind } from '@netspace/contracts';
import { groupsOf, losesNothing } from './change-of-error.js';
import { isOfSpace, pairsBySetting } from './find-arms.js';

export const sharingBLosesNothing: ClaimKind = {
  statement: 'One bottleneck ratio for all stages loses nothing.',
  source: 'section 3.2, Fig. 5',
  evidence: (analysis) =>
    pairsBySetting(analysis, isOfSpace('AnyNetX-A'), isOfSpace('AnyNetX-B')).map((pair) =>
      losesNothing(groupsOf(pair)),
    ),
};
