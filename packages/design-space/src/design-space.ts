import type { Range } from '@netspace/contracts';
import type { Distribution } from './distribution.js';

/**
 * How widths and depths come about: `anynet`, one of each for every stage (paper, section 3.2); `regnet`, from the
 * quantised-linear rule (section 3.3).
 */
export type SpaceKind = 'anynet' | 'regnet';

/** By how much a stage's first block reduces height and width. */
export type Stride = 1 | 2;

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

/** The definition of a drawn parameter, or the value of a fixed one; a parameter equal to another has that one's. */
export function resolvedParameter(space: DesignSpace, name: string): Distribution | { readonly value: number } {
  const parameter = space.parameters[name]!;
  return 'equals' in parameter ? resolvedParameter(space, parameter.equals) : parameter;
}

/** Whether a parameter has a value of its own in every stage. */
export function isPerStage(space: DesignSpace, name: string): boolean {
  return space.kind === 'anynet' && !space.shared.includes(name);
}

/** Stride of the first block of a stage, counted from 0. */
export function strideOf(space: DesignSpace, stage: number): Stride {
  return typeof space.strides === 'number' ? space.strides : space.strides[stage]!;
}
