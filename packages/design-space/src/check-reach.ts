import { InvalidInputError, type Random } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { closestValue } from './closest-value.js';
import { distanceTo, type Limit, limitText } from './limits.js';
import type { PopulationSearch } from './population-search.js';
import type { SamplingTally } from './sampling-tally.js';

/** A limit that is missed by less than 5 % may be met by networks that are rare. */
const near = Math.log(1.05);

/**
 * Checks that networks of a space come near each limit of a regime: where all candidates so far are on one side of a
 * limit and far from it, a directed search looks for one that is not.
 *
 * @throws InvalidInputError naming the first limit that is out of reach, and the range of what was met.
 */
export async function checkReach(search: PopulationSearch): Promise<void> {
  for (const limit of search.screening.limits) {
    if (isFar(limit, search.tally)) await approach(limit, search);
  }
}

function isFar([measure, range]: Limit, tally: SamplingTally): boolean {
  const { low, high } = tally.seen(measure);
  return distanceTo(range, low) > near && distanceTo(range, high) > near && (low > range.high || high < range.low);
}

async function approach(limit: Limit, search: PopulationSearch): Promise<void> {
  const { space, seed, sampler, screening, tally, turns } = search;
  const [measure, range] = limit;
  const draw = (random: Random): number | undefined => {
    const candidate = sampler(random);
    if (candidate === undefined) return undefined;
    const { complexity } = screening.build(candidate);
    tally.see(complexity);
    return complexity[measure];
  };
  const closest = await closestValue(draw, range, near, openRandom(seed, space.name, 'approach', measure), turns);
  if (closest > near) throw outOfReach(limit, search);
}

function outOfReach(limit: Limit, { space, tally }: PopulationSearch): InvalidInputError {
  const [measure, range] = limit;
  const { low, high } = tally.seen(measure);
  const closest = low > range.high ? `the smallest has ${low}` : `the largest has ${high}`;
  return new InvalidInputError({
    key: `regime.${measure}`,
    problem: `no network of ${space.name} was met near ${limitText(limit)}: ${closest}`,
    expected: `some of the ${low} to ${high} ${measure} of its networks, or other ranges of its parameters`,
  });
}
