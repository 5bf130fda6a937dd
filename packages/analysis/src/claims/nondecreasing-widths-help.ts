import type { ClaimKind } from '@netspace/contracts';
import { groupsOf, helps } from './change-of-error.js';
import { isOfSpace, pairsBySetting } from './find-arms.js';

export const nondecreasingWidthsHelp: ClaimKind = {
  statement: 'Widths that do not decrease from stage to stage help.',
  source: 'section 3.2, Fig. 7',
  evidence: (analysis) =>
    pairsBySetting(analysis, isOfSpace('AnyNetX-C'), isOfSpace('AnyNetX-D')).map((pair) => helps(groupsOf(pair))),
};
