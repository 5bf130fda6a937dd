import { type Architecture, InvalidInputError, type Regime } from '@netspace/contracts';
import type { DesignSpace } from './design-space.js';
import type { Distributions } from './distribution.js';
import { limitsOf } from './limits.js';
import type { NetworkSetting } from './network-setting.js';

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
  /** The blocks and stems that networks may have; the shipped ones by default. */
  readonly architecture?: Architecture;
  /** The distributions that the space may name; the shipped ones by default. */
  readonly distributions?: Distributions;
  /** Whether fewer networks will do where the space has no more, or none is found; at least one must be there. */
  readonly fewer?: boolean;
  /** Candidates drawn for one member before sampling gives up, >= 1; 2 million by default. */
  readonly candidates?: number;
  /** Ends the sampling when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** @throws InvalidInputError for the first number that is invalid. */
export function checkRequest({ count, seed, regime }: PopulationRequest): void {
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
