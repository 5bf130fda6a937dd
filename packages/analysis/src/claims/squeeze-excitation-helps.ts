import type { ArmAnalysis, ClaimKind } from '@netspace/contracts';
import { groupsOf, helps } from './change-of-error.js';
import { allNetworks, hasSqueezeExcitation, isPlainRegNet, isRegNet, pairsBySetting } from './find-arms.js';

const isChanged = (arm: ArmAnalysis): boolean => allNetworks(isRegNet)(arm) && allNetworks(hasSqueezeExcitation)(arm);

export const squeezeExcitationHelps: ClaimKind = {
  statement: 'Squeeze-excitation helps.',
  source: 'section 5, Fig. 14',
  evidence: (analysis) => pairsBySetting(analysis, isPlainRegNet, isChanged).map((pair) => helps(groupsOf(pair))),
};
