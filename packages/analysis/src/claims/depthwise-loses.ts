import type { ArmAnalysis, ClaimKind } from '@netspace/contracts';
import { groupsOf, loses } from './change-of-error.js';
import { allNetworks, everyStage, isPlainRegNet, isRegNet, pairsBySetting } from './find-arms.js';

const isChanged = (arm: ArmAnalysis): boolean =>
  allNetworks(isRegNet)(arm) && allNetworks(everyStage(({ groupWidth }) => groupWidth === 1))(arm);

export const depthwiseLoses: ClaimKind = {
  statement: 'Depthwise convolution (g = 1) loses against free group widths.',
  source: 'section 4, Fig. 14',
  evidence: (analysis) => pairsBySetting(analysis, isPlainRegNet, isChanged).map((pair) => loses(groupsOf(pair))),
};
