import type { DesignSpace, Proposal, RefinementKind, TrainedNetwork } from '@netspace/contracts';
import { goodRange } from './parameters.js';

/** Expressions of a whole network that constraints may bound. */
const expressions: Readonly<Record<string, (network: TrainedNetwork) => number>> = {
  depth: ({ network }) => network.config.stages.reduce((sum, { depth }) => sum + depth, 0),
  params: ({ network }) => network.complexity.params,
  acts: ({ network }) => network.complexity.acts,
};

/** A bound on the depth, the params or the acts of a network: the end of the best networks' range. */
export const bound: RefinementKind = (ground) =>
  Object.entries(expressions).flatMap(([name, valueOf]): Proposal[] => {
    // A RegNet's depth is a parameter, whose range is narrowed.
    if (name in ground.space.parameters) return [];
    const { low, high } = goodRange(ground, (network) => [valueOf(network)]);
    const values = ground.networks.map(valueOf);
    return [
      ...(Math.min(...values) < rounded(low, Math.floor) ? [proposal(name, '>=', rounded(low, Math.floor))] : []),
      ...(Math.max(...values) > rounded(high, Math.ceil) ? [proposal(name, '<=', rounded(high, Math.ceil))] : []),
    ].filter(({ change }) => !isThere(ground.space, change.constraints![0]!));
  });

function proposal(name: string, sign: '>=' | '<=', value: number): Proposal {
  return {
    name: `${name}-${sign === '>=' ? 'at-least' : 'at-most'}`,
    statement: `${name} is ${sign === '>=' ? 'at least' : 'at most'} ${value}`,
    change: { constraints: [`${name} ${sign} ${value}`] },
  };
}

function isThere({ constraints }: DesignSpace, constraint: string): boolean {
  return constraints.includes(constraint);
}

/** To two significant digits, outwards: bounds that people write. */
function rounded(value: number, towards: (value: number) => number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return towards(value / unit) * unit;
}
