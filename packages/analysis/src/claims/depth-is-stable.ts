import type { ArmAnalysis, ClaimEvidence, ClaimKind } from '@netspace/contracts';
import { fitSlope } from '@netspace/statistics';
import { allNetworks, isRegNet } from './find-arms.js';

/** So many blocks more, or fewer, for twice the flops count as a change. */
const margin = 2;

/** Of each arm so large a share is the best. */
const bestShare = 0.25;

/** A trend is told over settings whose flops differ by at least this factor. */
const leastSpan = 2;

export const depthIsStable: ClaimKind = {
  statement: 'The best depth is the same whatever the flops.',
  source: 'section 4, Fig. 11',
  evidence: ({ arms }) => {
    const regnets = arms.filter((arm) => arm.networks.length > 0 && allNetworks(isRegNet)(arm));
    return [...new Set(regnets.map(({ space }) => space))].flatMap((space) =>
      evidenceOf(
        space,
        regnets.filter((arm) => arm.space === space),
      ),
    );
  },
};

function evidenceOf(space: string, arms: readonly ArmAnalysis[]): ClaimEvidence[] {
  const best = arms.flatMap(({ networks }) =>
    networks.slice(0, Math.max(1, Math.round(bestShare * networks.length))).flatMap(({ network }) => {
      const { flops } = network.complexity;
      const depth = network.config?.stages.reduce((sum, stage) => sum + stage.depth, 0);
      return flops === undefined || depth === undefined ? [] : [{ doublings: Math.log2(flops), depth }];
    }),
  );
  const doublings = best.map((one) => one.doublings);
  if (best.length < 10 || Math.max(...doublings) - Math.min(...doublings) < Math.log2(leastSpan)) return [];
  const { slope, interval, chanceAbove, chanceBelow } = fitSlope(
    doublings,
    best.map(({ depth }) => depth),
  );
  return [
    {
      where: space,
      statistic: `${slope < 0 ? 'fall' : 'rise'} of the best depth for twice the flops`,
      unit: 'blocks',
      effect: Math.abs(slope),
      interval: slope < 0 ? { low: -interval.high, high: -interval.low } : interval,
      test: 'two one-sided t-tests of the slope',
      margin,
      // Both sides must be excluded to say that there is no change, and one to say that there is.
      falseP: Math.max(chanceAbove(margin), chanceBelow(-margin)),
      trueP: Math.min(1, 2 * Math.min(chanceBelow(margin), chanceAbove(-margin))),
      networks: best.length,
    },
  ];
}
