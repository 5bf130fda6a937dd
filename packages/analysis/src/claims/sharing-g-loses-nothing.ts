import type { ClaimKind } from '@netspace/contracts';
import { groupsOf, losesNothing } from './change-of-error.js';
import { isOfSpace, pairsBySetting } from './find-arms.js';

export const sharingGLosesNothing: ClaimKind = {
  statement: 'One group width for all stages loses nothing.',
  source: 'section 3.2, Fig. 5',
  evidence: (analysis) =>
    pairsBySetting(analysis, isOfSpace('AnyNetX-B'), isOfSpace('AnyNetX-C')).map((pair) =>
      losesNothing(groupsOf(pair)),
    ),
};
