import {
  type Complexity,
  InvalidInputError,
  type Population,
  type Range,
  type Regime,
  type SampledNetwork,
} from '@netspace/contracts';
import { complexityOf } from '@netspace/model-builder';
import { openRandom, type Random } from '@netspace/random';
import { type CandidateSampler, candidateSampler, parametersOf } from './candidate.js';
import { compileConstraint, type Constraint } from './constraint.js';
import { exampleScope, scopeOf } from './constraint-scope.js';
import type { DesignSpace } from './design-space.js';
import { networkId } from './network-id.js';
import { configOf, imagenetSetting, type NetworkSetting } from './network-setting.js';
import { SamplingTally } from './sampling-tally.js';

/** Which population is wanted. */
export interface PopulationRequest {
  readonly space: DesignSpace;
  /** Limits on the complexity of every network. */
  readonly regime: Regime;
  /** Number of networks, >= 1. */
  readonly count: number;
  /** Any integer. */
  readonly seed: number;
  /** What the networks are built for; the paper's ImageNet setting by default. */
  readonly setting?: NetworkSetting;
}

/** Candidates drawn for one member before sampling gives up. */
const candidateLimit = 2_000_000;

/**
 * Draws distinct networks from a space under complexity limits, by rejection.
 *
 * Member i is the first fitting candidate of a random stream of its own, named by the seed, the space and i, that is no
 * earlier member: it does not depend on how many networks are drawn. Candidates that break an order constraint are never
 * made; the number of stages, flops, params, acts, the other constraints and distinctness are checked in this order.
 *
 * @param onProgress - Called after each member with the number of members so far.
 * @throws InvalidInputError where `count`, `seed` or a range is invalid, or 2 million candidates for one member do not
 * fit: with the acceptance rate, what rejected most, and what would help.
 * @example
 * import { findDesignSpace, samplePopulation } from '@netspace/design-space';
 * const regime = { flops: { low: 360e6, high: 400e6 } };
 * const population = samplePopulation({ space: findDesignSpace('AnyNetX-E'), regime, count: 3, seed: 7 });
 * population.networks.every(({ complexity }) => complexity.flops <= 400e6); // => true
 */
export function samplePopulation(request: PopulationRequest, onProgress?: (members: number) => void): Population {
  checkRequest(request);
  return drawPopulation(request, candidateLimit, onProgress);
}

/** {@link samplePopulation} with its bound on the candidates for one member. */
export function drawPopulation(
  { space, regime, count, seed, setting = imagenetSetting }: PopulationRequest,
  candidatesPerMember: number,
  onProgress?: (members: number) => void,
): Population {
  const tally = new SamplingTally();
  const search = newSearch(space, regime, setting, tally);
  const networks: SampledNetwork[] = [];
  for (let index = 0; index < count; index++) {
    const random = openRandom(seed, space.name, index);
    const network = drawMember(search, random, candidatesPerMember);
    if (network === undefined) throw tally.failure(space.name, index, candidatesPerMember);
    networks.push({ ...network, index });
    search.members.add(network.id);
    onProgress?.(networks.length);
  }
  return { space: space.name, regime, seed, networks, sampling: tally.report() };
}

/** What the candidates of a population are drawn from and checked against. */
interface Search {
  readonly space: DesignSpace;
  readonly setting: NetworkSetting;
  readonly sampler: CandidateSampler;
  readonly limits: readonly (readonly [keyof Complexity, Range])[];
  readonly constraints: readonly Constraint[];
  readonly tally: SamplingTally;
  /** Ids of the members so far. */
  readonly members: Set<string>;
}

type Unplaced = Omit<SampledNetwork, 'index'>;

function newSearch(space: DesignSpace, regime: Regime, setting: NetworkSetting, tally: SamplingTally): Search {
  return {
    space,
    setting,
    sampler: candidateSampler(space),
    limits: limitsOf(regime),
    constraints: space.constraints.map((text) => compileConstraint(text, exampleScope(space))),
    tally,
    members: new Set(),
  };
}

function drawMember(search: Search, random: Random, candidates: number): Unplaced | undefined {
  for (let candidate = 0; candidate < candidates; candidate++) {
    const drawn = drawNetwork(search, random);
    if (typeof drawn !== 'string') {
      search.tally.accept();
      return drawn;
    }
    search.tally.reject(drawn);
  }
  return undefined;
}

/** A network, or the name of the check that the candidate failed. */
function drawNetwork(search: Search, random: Random): Unplaced | string {
  const { space, setting } = search;
  const candidate = search.sampler(random);
  if (candidate === undefined) return 'stages';
  const config = configOf(space, candidate, setting);
  const complexity = complexityOf(config);
  search.tally.see(complexity);
  for (const [measure, { low, high }] of search.limits) {
    if (!(complexity[measure] >= low && complexity[measure] <= high)) return measure;
  }
  if (search.constraints.length > 0) {
    const scope = scopeOf(candidate, complexity);
    const broken = search.constraints.find((constraint) => !constraint.holds(scope));
    if (broken !== undefined) return broken.text;
  }
  const id = networkId(config);
  if (search.members.has(id)) return 'duplicate';
  return { id, config, complexity, parameters: parametersOf(space, candidate) };
}

const measures = ['flops', 'params', 'acts'] as const;

function limitsOf(regime: Regime): [keyof Complexity, Range][] {
  return measures.flatMap((measure): [keyof Complexity, Range][] => {
    const range = regime[measure];
    return range === undefined ? [] : [[measure, range]];
  });
}

function checkRequest({ count, seed, regime }: PopulationRequest): void {
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new InvalidInputError({ key: 'count', problem: `got ${count}`, expected: 'an integer of at least 1' });
  }
  if (!Number.isSafeInteger(seed)) {
    throw new InvalidInputError({ key: 'seed', problem: `got ${seed}`, expected: 'an integer' });
  }
  for (const [measure, { low, high }] of limitsOf(regime)) {
    if (low <= high) continue;
    const problem = `got ${low} to ${high}`;
    throw new InvalidInputError({ key: `regime.${measure}`, problem, expected: 'a low end of at most the high end' });
  }
}
