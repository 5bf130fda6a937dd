import type { Architecture, Complexity, NetworkConfig, Regime } from '@netspace/contracts';
import { complexityOf } from '@netspace/model-builder';
import type { Candidate } from './candidate.js';
import { compileConstraint, type Constraint } from './constraint.js';
import { exampleScope, scopeOf } from './constraint-scope.js';
import type { DesignSpace } from './design-space.js';
import { type Limit, limitsOf } from './limits.js';
import { configOf, type NetworkSetting } from './network-setting.js';
import { SamplingTally } from './sampling-tally.js';

/** What networks are built for and what they must fulfil. */
export interface ScreeningInput {
  readonly space: DesignSpace;
  readonly regime: Regime;
  readonly setting: NetworkSetting;
  readonly architecture: Architecture;
}

/** A network that a candidate makes. */
export interface BuiltNetwork {
  readonly config: NetworkConfig;
  readonly complexity: Complexity;
}

/** Builds candidates and lets those pass that fulfil the limits of a regime and the constraints of a space. */
export class Screening {
  readonly limits: readonly Limit[];
  private readonly constraints: readonly Constraint[];

  constructor(private readonly input: ScreeningInput) {
    const { space, regime } = input;
    this.limits = limitsOf(regime);
    this.constraints = space.constraints.map((text) => compileConstraint(text, exampleScope(space)));
  }

  /** A tally of the checks that are made here. */
  newTally(): SamplingTally {
    return new SamplingTally(this.limits, this.input.space.constraints);
  }

  build(candidate: Candidate): BuiltNetwork {
    const config = configOf(this.input.space, candidate, this.input.setting);
    return { config, complexity: complexityOf(config, this.input.architecture) };
  }

  /** The network of a candidate that passes; undefined, and told to the tally, where it does not. */
  pass(candidate: Candidate | undefined, tally: SamplingTally): BuiltNetwork | undefined {
    const network = candidate && this.build(candidate);
    if (network !== undefined) tally.see(network.complexity);
    const failed = candidate && network ? this.failedCheck(candidate, network.complexity) : 'stages';
    if (failed === undefined) return network;
    tally.reject(failed);
    return undefined;
  }

  /** The first limit or constraint that does not hold. */
  private failedCheck(candidate: Candidate, complexity: Complexity): string | undefined {
    for (const [measure, { low, high }] of this.limits) {
      if (!(complexity[measure] >= low && complexity[measure] <= high)) return measure;
    }
    if (this.constraints.length === 0) return undefined;
    const scope = scopeOf(candidate, complexity);
    return this.constraints.find((constraint) => !constraint.holds(scope))?.text;
  }
}
