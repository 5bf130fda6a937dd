import type { DesignSpace, Parameter, SpaceKind, Distribution } from './design-space.js';
import type { SampledNetwork } from './population.js';
import type { Interval } from './sample-statistics.js';

/** What a refinement changes of a space: keys of a definition that extends it. */
export interface SpaceChange {
  /** Where it is another kind than the space's, the change is a definition of its own, with all parameters. */
  readonly kind?: SpaceKind;
  /** By name; of a drawn parameter, only what changes. */
  readonly parameters?: Readonly<Record<string, Parameter | Partial<Distribution>>>;
  /** Parameters that become the same in all stages. */
  readonly shared?: readonly string[];
  /** Parameters that may no longer decrease from stage to stage. */
  readonly nondecreasing?: readonly string[];
  /** What networks must fulfil besides. */
  readonly constraints?: readonly string[];
}

/** A simpler or narrower space that may be as good, or better. */
export interface Proposal {
  /** Distinct among those of a space, and the same whenever it is proposed again: `share-b`, `narrow-depth`. */
  readonly name: string;
  /** What it says, for people: `b is the same in all stages`. */
  readonly statement: string;
  readonly change: SpaceChange;
}

/** A network and what it came to. */
export interface TrainedNetwork {
  readonly network: SampledNetwork;
  /** Per cent. */
  readonly error: number;
}

/** What proposals are made of. */
export interface RefinementGround {
  readonly space: DesignSpace;
  /** Networks of the space that are trained; at least ten. */
  readonly networks: readonly TrainedNetwork[];
  /** Of everything that is drawn at random. */
  readonly seed: number;
}

/** A kind of refinement: every one of it that a space allows, whether or not it is likely to be good. */
export type RefinementKind = (ground: RefinementGround) => readonly Proposal[];

/** A space of a chain. */
export interface RefinedSpace {
  readonly name: string;
  /** What it changes of the one before it; empty of the first. */
  readonly statement: string;
  /** Numbers that make one of its networks. */
  readonly degreesOfFreedom: number;
  /** Of how many networks it has as settings of its parameters, at most. */
  readonly log10Size: number;
}

/** What became of a proposal. */
export interface ProposalResult {
  readonly name: string;
  readonly statement: string;
  readonly space: RefinedSpace;
  /**
   * What it must show: where it leaves fewer degrees of freedom, that it does not cost the margin (`loses nothing`); else
   * that its networks are better (`helps`).
   */
  readonly goal: 'loses nothing' | 'helps';
  /** Difference of mean errors, its - the current space's, that was foretold: percentage points, below 0 where it is better; null where it was not drawn. */
  readonly predicted: number | null;
  /** The difference as fresh networks measured it; null where none were trained. */
  readonly effect: number | null;
  /** Where it lies, at all looks together with `confidence`; null where too few networks were trained. */
  readonly interval: Interval | null;
  readonly confidence: number | null;
  /** Fresh networks of each of the two spaces. */
  readonly pairs: number;
  /** Share of the variance of pairs that the prediction took away: 0.8 makes one network worth five. */
  readonly explained: number | null;
  /** Trainings that were spent on it: those of the current space's networks count for the first proposal that used them. */
  readonly trainings: number;
  readonly verdict: 'accepted' | 'rejected' | 'undecided' | 'not tried';
  /** Why, for people. */
  readonly reason: string;
}

/** How much a parameter, or a pair, tells of which networks are good. */
export interface ParameterImportance {
  /** `b`, or `w_0 and g` of a pair. */
  readonly name: string;
  /** Share of the uncertainty which networks are among the best fifth that it takes away, beyond chance; up to 1. */
  readonly importance: number;
  /** Chance of as much, were it of no importance. */
  readonly p: number;
}

/** What was looked for in one space. */
export interface RefinementStep {
  readonly space: RefinedSpace;
  /** Trained networks that proposals were made of. */
  readonly networks: number;
  /** Most important first. */
  readonly importances: readonly ParameterImportance[];
  /** In the order in which they were tried; the last one was accepted, where one was. */
  readonly proposals: readonly ProposalResult[];
}

/** A space of the chain, by fresh networks that decided nothing. */
export interface FinalSample {
  readonly space: string;
  /** Test errors, per cent, in the order in which they were drawn. */
  readonly errors: readonly number[];
}

/** How a space was refined. */
export interface Refinement {
  /** Percentage points of mean error: what counts as a loss. */
  readonly margin: number;
  /** Chance, at most, that the chain has a step that costs more than the margin. */
  readonly errorRate: number;
  /** Larger errors count as this in means, per cent: the far fence of the first networks. */
  readonly cap: number;
  /** Trainings in all; what they cost, and might have cost, in the budget's unit. */
  readonly trainings: number;
  readonly spent: number;
  readonly budget: number;
  /** From the first space to the last. */
  readonly spaces: readonly RefinedSpace[];
  readonly steps: readonly RefinementStep[];
  /** Why it ended: for people. */
  readonly ended: string;
  /** Names that were to be accepted or not to be tried, and that no step proposed. */
  readonly notProposed: readonly string[];
  readonly final: readonly FinalSample[];
}
