import type { ClaimKind } from '@netspace/contracts';
import { groupsOf, helps } from './change-of-error.js';
import { isOfSpace, pairsBySetting } from './find-arms.js';

export const nondecreasingDepthsHelp: ClaimKind = {
  statement: 'Depths that do not decrease from stage to stage help.',
  source: 'section 3.2, Fig. 7',
  evidence: (analysis) =>
    pairsBySetting(analysis, isOfSpace('AnyNetX-D'), isOfSpace('AnyNetX-E')).map((pair) => helps(groupsOf(pair))),
};
