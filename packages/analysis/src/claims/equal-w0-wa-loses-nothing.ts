import type { ClaimKind } from '@netspace/contracts';
import { groupsOf, losesNothing } from './change-of-error.js';
import { allNetworks, isFreeRegNet, isRegNet, pairsBySetting } from './find-arms.js';

const isEqual = allNetworks((network) => isRegNet(network) && network.parameters.w_0 === network.parameters.w_a);

export const equalW0WaLosesNothing: ClaimKind = {
  statement: 'RegNets whose initial width is their slope (w_0 = w_a) lose nothing.',
  source: 'section 3.3, Fig. 9',
  evidence: (analysis) => pairsBySetting(analysis, isFreeRegNet, isEqual).map((pair) => losesNothing(groupsOf(pair))),
};
