import type { ClaimKind, NetworkResult } from '@netspace/contracts';
import { helps } from './change-of-error.js';
import { allNetworks, isRegNet, varies } from './find-arms.js';

/** Networks with and without b = 1 are compared where there are so many of each. */
const fewest = 5;

export const bottleneck1IsBest: ClaimKind = {
  statement: 'RegNets without a bottleneck (b = 1) are the best.',
  source: 'section 4, Fig. 11',
  evidence: ({ arms }) =>
    arms
      .filter((arm) => allNetworks(isRegNet)(arm) && varies(arm, 'b'))
      .flatMap(({ name, networks }) => {
        const errorsWhere = (has: (network: NetworkResult['network']) => boolean): number[] =>
          networks.filter(({ network }) => has(network)).map(({ error }) => error);
        const one = errorsWhere(({ parameters }) => parameters.b === 1);
        const others = errorsWhere(({ parameters }) => parameters.b !== 1);
        if (Math.min(one.length, others.length) < fewest) return [];
        const groups = { from: { name: 'other b', errors: others }, to: { name: 'b = 1', errors: one } };
        return [{ ...helps(groups), where: `${name}: other b to b = 1` }];
      }),
};
