import { InvalidInputError } from '@netspace/contracts';
import type { Candidate } from './candidate.js';
import { everyCandidate } from './every-candidate.js';
import type { PopulationSearch } from './population-search.js';
import { sizeOf } from './size-of.js';

/** Settings of a space's parameters, at most, that are gone through one by one. */
const largestCounted = 100_000n;

/**
 * Checks that a space has so many networks, as far as this can be known: the networks of a small space are counted; of
 * another, the number of settings is a bound.
 *
 * @throws InvalidInputError where it has fewer, with their number.
 */
export async function checkSupply(search: PopulationSearch, wanted: number): Promise<void> {
  const { space, distributions } = search;
  const { combinations } = sizeOf(space, distributions);
  const candidates = combinations <= largestCounted ? everyCandidate(space, distributions) : undefined;
  if (candidates !== undefined) await checkCount(search, candidates, wanted);
  else if (combinations < wanted) throw shortage(`${space.name} has at most ${combinations} networks`, wanted);
}

/** Goes through all candidates, until there are enough distinct networks. */
async function checkCount(
  { space, screening, turns }: PopulationSearch,
  candidates: Iterable<Candidate | undefined>,
  wanted: number,
): Promise<void> {
  const tally = screening.newTally();
  const networks = new Set<string>();
  for (const candidate of candidates) {
    if (turns.areDue) await turns.take();
    const network = screening.pass(candidate, tally);
    // Networks of one population differ in their stages alone.
    if (network !== undefined) networks.add(JSON.stringify(network.config.stages));
    if (networks.size === wanted) return;
  }
  if (networks.size > 0) throw shortage(`${space.name} has ${networks.size} networks in this regime`, wanted);
  const { problem, expected } = tally.binding();
  throw new InvalidInputError({ problem: `${space.name} has no network in this regime: ${problem}`, expected });
}

function shortage(problem: string, wanted: number): InvalidInputError {
  return new InvalidInputError({
    problem: `${problem}, but ${wanted} are asked for`,
    expected: 'fewer networks, or wider ranges of its parameters or of the regime',
  });
}
