import { InvalidInputError, type Population, type Random, type SampledNetwork } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { parametersOf } from './candidate.js';
import { checkReach } from './check-reach.js';
import { checkSupply } from './check-supply.js';
import { networkId } from './network-id.js';
import { checkRequest, type PopulationRequest } from './population-request.js';
import { type PopulationSearch, searchOf } from './population-search.js';

/** Candidates drawn for one member before sampling gives up, by default. */
const candidateLimit = 2_000_000;

/** Candidates drawn for the first member before it is asked whether the regime can be reached at all. */
const candidatesBeforeDoubt = 5000;

/**
 * Draws distinct networks from a space under complexity limits, by rejection.
 *
 * Member i is the first fitting candidate of a random stream of its own, named by the seed, the space and i, that is no
 * earlier member: it does not depend on how many networks are drawn. Candidates that break an order constraint are never
 * made; the number of stages, flops, params, acts, the other constraints and distinctness are checked in this order.
 * The event loop has a turn about every 50 milliseconds.
 *
 * @param onProgress - Called after each member with the number of members so far.
 * @throws InvalidInputError where `count`, `seed` or a range is invalid; where a space of at most 100,000 settings has
 * fewer networks than asked for; where the regime is out of its networks' reach; where 2 million candidates for one
 * member, or `candidates`, do not fit: with what keeps them out and what would help.
 * @throws The signal's reason where it is aborted.
 * @example
 * import { findDesignSpace, samplePopulation } from '@netspace/design-space';
 * const regime = { flops: { low: 360e6, high: 400e6 } };
 * const population = await samplePopulation({ space: findDesignSpace('AnyNetX-E'), regime, count: 3, seed: 7 });
 * population.networks.every(({ complexity }) => complexity.flops <= 400e6); // => true
 */
export async function samplePopulation(
  request: PopulationRequest,
  onProgress?: (members: number) => void,
): Promise<Population> {
  checkRequest(request);
  const { space, regime, seed, signal, fewer = false, candidates = candidateLimit } = request;
  const search = searchOf(request);
  const count = await checkSupply(search, request.count, fewer);
  const networks: SampledNetwork[] = [];
  for (let index = 0; index < count; index++) {
    const random = openRandom(seed, space.name, index);
    const network = await drawMember(search, random, candidates);
    if (network === undefined && fewer && index > 0) break;
    if (network === undefined) throw notFound(search, index, candidates);
    networks.push({ ...network, index });
    onProgress?.(networks.length);
    signal?.throwIfAborted();
  }
  return { space: space.name, regime, seed, networks, sampling: search.tally.report() };
}

type Unplaced = Omit<SampledNetwork, 'index'>;

async function drawMember(search: PopulationSearch, random: Random, candidates: number): Promise<Unplaced | undefined> {
  const { members, turns } = search;
  for (let candidate = 0; candidate < candidates; candidate++) {
    if (turns.areDue) await turns.take();
    if (candidate === candidatesBeforeDoubt && members.size === 0) await checkReach(search);
    const network = drawNetwork(search, random);
    if (network !== undefined) return network;
  }
  return undefined;
}

/** A network that passes all checks; undefined where the candidate does not. */
function drawNetwork(
  { space, sampler, screening, tally, members }: PopulationSearch,
  random: Random,
): Unplaced | undefined {
  const candidate = sampler(random);
  const network = screening.pass(candidate, tally);
  if (candidate === undefined || network === undefined) return undefined;
  const stages = JSON.stringify(network.config.stages);
  if (members.has(stages)) {
    tally.reject('duplicate');
    return undefined;
  }
  members.add(stages);
  tally.accept();
  return { id: networkId(network.config), ...network, parameters: parametersOf(space, candidate) };
}

function notFound({ space, tally }: PopulationSearch, index: number, candidates: number): InvalidInputError {
  const { problem, expected } = tally.binding();
  return new InvalidInputError({
    problem: `none of ${candidates} candidates fits as member ${index} of ${space.name}: ${problem}`,
    expected,
  });
}
