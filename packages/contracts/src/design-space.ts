import type { DistributionBounds } from './distribution-kind.js';
import type { Range } from './complexity.js';

/**
 * How widths and depths come about: `anynet`, one of each for every stage (paper, section 3.2); `regnet`, from the
 * quantised-linear rule (section 3.3).
 */
export type SpaceKind = 'anynet' | 'regnet';

/** By how much a stage's first block reduces height and width. */
export type Stride = 1 | 2;

/** Values from `low` to `high`, both included, in steps of `quantum`, with the probabilities of a kind of distribution. */
export interface Distribution extends DistributionBounds {
  /** Name of the kind: a shipped one, or of a plugin. */
  readonly distribution: string;
}

/** A parameter of a space: drawn, fixed, or equal to another. */
export type Parameter = Distribution | { readonly value: number } | { readonly equals: string };

/** A set of networks and how they are drawn: plain data, complete, whatever it was derived from. */
export interface DesignSpace {
  readonly name: string;
  /** One sentence for people. */
  readonly description: string;
  readonly kind: SpaceKind;
  /** Name of the block type. */
  readonly block: string;
  /** Squeeze-excitation ratio of block types that have it; 0 elsewhere. */
  readonly squeezeExcitationRatio: number;
  /** Number of stages: drawn uniformly (`anynet`), or what a rule must make (`regnet`). */
  readonly stages: Range;
  /** Stride of every stage's first block, or one for each stage; 1 or 2. */
  readonly strides: Stride | readonly Stride[];
  /** By name. `anynet`: d, w, b, g, each drawn for every stage; `regnet`: depth, w_0, w_a, w_m, b, g. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Parameters of an `anynet` that are the same in all stages. */
  readonly shared: readonly string[];
  /** Parameters of an `anynet` that never decrease from one stage to the next. */
  readonly nondecreasing: readonly string[];
  /** What every network must fulfil, as expressions: `params < 3e6 + 5.5e-3 * flops`. */
  readonly constraints: readonly string[];
}
