import type { ArmAnalysis, ClaimEvidence, ClaimKind } from '@netspace/contracts';
import { shareInterval, shareTails } from '@netspace/statistics';
import { lossMargin } from './change-of-error.js';
import { allNetworks, isRegNet } from './find-arms.js';

/** Networks that a random search trains. */
const searched = 32;

/** The chance with which it should find a good one. */
const wanted = 0.95;

/** The best known network is the best of at least so many. */
const fewest = 2 * searched;

export const randomRegnetsSuffice: ClaimKind = {
  statement: `${searched} random RegNets hold a good one: within ${lossMargin} percentage point of the best known.`,
  source: 'section 3.3, Fig. 9',
  evidence: ({ arms }) =>
    arms.filter((arm) => arm.networks.length >= fewest && allNetworks(isRegNet)(arm)).map(evidenceOf),
};

/** Of the networks besides the best, which says what is good and so is none to count. */
function evidenceOf({ name, networks }: ArmAnalysis): ClaimEvidence {
  const errors = networks.map(({ error }) => error).sort((a, b) => a - b);
  const others = errors.slice(1);
  const good = others.filter((error) => error <= errors[0]! + lossMargin).length;
  const found = (share: number): number => 1 - (1 - share) ** searched;
  const { low, high } = shareInterval(good, others.length);
  const { greaterP, lessP } = shareTails(good, others.length, 1 - (1 - wanted) ** (1 / searched));
  return {
    where: name,
    statistic: `chance that ${searched} hold a good one`,
    unit: '',
    effect: found(good / others.length),
    interval: { low: found(low), high: found(high) },
    test: 'binomial, of the share of good networks',
    margin: wanted,
    falseP: greaterP,
    trueP: lessP,
    networks: others.length,
  };
}
