import type { Proposal, RefinementKind } from '@netspace/contracts';
import { drawnParameters, goodRange, valuesOf } from './parameters.js';

/** A parameter's range as the best networks have it: both ends, or one of them. */
export const narrow: RefinementKind = (ground) =>
  drawnParameters(ground.space).flatMap(([name, distribution]): Proposal[] => {
    const { low, high } = goodRange(ground, (network) => valuesOf(network, name));
    // One value is for `fix`.
    if (low === high) return [];
    const raised = low > distribution.low ? { low } : {};
    const lowered = high < distribution.high ? { high } : {};
    const proposal = (verb: string, statement: string, change: { low?: number; high?: number }): Proposal => ({
      name: `${verb}-${name}`,
      statement,
      change: { parameters: { [name]: change } },
    });
    const both = 'low' in raised && 'high' in lowered;
    return [
      ...(both ? [proposal('narrow', `${name} is ${low} to ${high}`, { low, high })] : []),
      ...('low' in raised ? [proposal('raise', `${name} is at least ${low}`, raised)] : []),
      ...('high' in lowered ? [proposal('lower', `${name} is at most ${high}`, lowered)] : []),
    ];
  });
