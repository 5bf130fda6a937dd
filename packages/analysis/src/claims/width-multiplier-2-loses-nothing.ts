import type { ClaimKind } from '@netspace/contracts';
import { groupsOf, losesNothing } from './change-of-error.js';
import { allNetworks, isFreeRegNet, isRegNet, pairsBySetting } from './find-arms.js';

const isDoubling = allNetworks((network) => isRegNet(network) && network.parameters.w_m === 2);

export const widthMultiplier2LosesNothing: ClaimKind = {
  statement: 'RegNets whose widths double from stage to stage (w_m = 2) lose nothing.',
  source: 'section 3.3, Fig. 9',
  evidence: (analysis) =>
    pairsBySetting(analysis, isFreeRegNet, isDoubling).map((pair) => losesNothing(groupsOf(pair))),
};
