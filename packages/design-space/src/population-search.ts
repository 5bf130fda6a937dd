import { shippedArchitecture } from '@netspace/model-builder';
import { type CandidateSampler, candidateSampler } from './candidate.js';
import type { DesignSpace } from './design-space.js';
import type { Distributions } from './distribution.js';
import { EventLoopTurns } from './event-loop-turns.js';
import { imagenetSetting } from './network-setting.js';
import type { PopulationRequest } from './population-request.js';
import type { SamplingTally } from './sampling-tally.js';
import { Screening } from './screening.js';
import { shippedDistributions } from './shipped-distributions.js';

/** What the candidates of a population are drawn from and checked against. */
export interface PopulationSearch {
  readonly space: DesignSpace;
  readonly seed: number;
  readonly distributions: Distributions;
  readonly sampler: CandidateSampler;
  readonly screening: Screening;
  /** What became of the candidates so far. */
  readonly tally: SamplingTally;
  /** The stages of the members so far, as JSON: networks of one population differ in nothing else. */
  readonly members: Set<string>;
  readonly turns: EventLoopTurns;
}

/** The search that a request asks for, with its defaults. */
export function searchOf({
  space,
  seed,
  regime,
  setting = imagenetSetting,
  architecture = shippedArchitecture,
  distributions = shippedDistributions,
  signal,
}: PopulationRequest): PopulationSearch {
  const screening = new Screening({ space, regime, setting, architecture });
  return {
    space,
    seed,
    distributions,
    sampler: candidateSampler(space, distributions),
    screening,
    tally: screening.newTally(),
    members: new Set(),
    turns: new EventLoopTurns(signal),
  };
}
