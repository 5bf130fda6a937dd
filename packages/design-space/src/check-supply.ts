import { InvalidInputError } from '@netspace/contracts';
import type { Candidate } from './candidate.js';
import { everyCandidate } from './every-candidate.js';
import type { PopulationSearch } from './population-search.js';
import { sizeOf } from './size-of.js';

/** Settings of a space's parameters, at most, that are gone through one by one. */
const largestCounted = 100_000n;

/**
 * How many networks a space has, up to so many, as far as this can be known: the networks of a small space are counted; of
 * another, the number of settings is a bound.
 *
 * @throws InvalidInputError where it has none, or, unless `fewer` will do, less than wanted: with their number.
 */
export async function checkSupply(search: PopulationSearch, wanted: number, fewer: boolean): Promise<number> {
  const { space, distributions } = search;
  const { combinations } = sizeOf(space, distributions);
  const candidates = combinations <= largestCounted ? everyCandidate(space, distributions) : undefined;
  const most = combinations < wanted ? Number(combinations) : wanted;
  const supply = candidates === undefined ? most : await countUpTo(search, candidates, wanted);
  if (supply === wanted || fewer) return supply;
  const has = candidates === undefined ? `has at most ${supply} networks` : `has ${supply} networks in this regime`;
  throw new InvalidInputError({
    problem: `${space.name} ${has}, but ${wanted} are asked for`,
    expected: 'fewer networks, or wider ranges of its parameters or of the regime',
  });
}

/** Goes through all candidates, until there are enough distinct networks. */
async function countUpTo(
  { space, screening, turns }: PopulationSearch,
  candidates: Iterable<Candidate | undefined>,
  wanted: number,
): Promise<number> {
  const tally = screening.newTally();
  const networks = new Set<string>();
  for (const candidate of candidates) {
    if (turns.areDue) await turns.take();
    const network = screening.pass(candidate, tally);
    // Networks of one population differ in their stages alone.
    if (network !== undefined) networks.add(JSON.stringify(network.config.stages));
    if (networks.size === wanted) return wanted;
  }
  if (networks.size > 0) return networks.size;
  const { problem, expected } = tally.binding();
  throw new InvalidInputError({ problem: `${space.name} has no network in this regime: ${problem}`, expected });
}
