import type { ArmAnalysis, ClaimKind } from '@netspace/contracts';
import { groupsOf, loses } from './change-of-error.js';
import { allNetworks, everyStage, isPlainRegNet, isRegNet, pairsBySetting } from './find-arms.js';

const isChanged = (arm: ArmAnalysis): boolean =>
  allNetworks(isRegNet)(arm) && allNetworks(everyStage(({ bottleneckRatio }) => bottleneckRatio < 1))(arm);

export const invertedBottleneckLoses: ClaimKind = {
  statement: 'Inverted bottlenecks (b < 1) lose against b = 1.',
  source: 'section 4, Fig. 14',
  evidence: (analysis) => pairsBySetting(analysis, isPlainRegNet, isChanged).map((pair) => loses(groupsOf(pair))),
};
