import type { SpaceKind } from './design-space.js';

/** Which values a parameter may take at all. */
export interface ParameterDomain {
  readonly meaning: string;
  /** Every value is a multiple of this, where given. */
  readonly multipleOf?: number;
  /** Every value is at least this, or above it where `exclusive`. */
  readonly low: number;
  readonly exclusive?: boolean;
}

const whole = { multipleOf: 1, low: 1 };
const bottleneckRatio: ParameterDomain = { meaning: 'bottleneck ratio', low: 0, exclusive: true };
const groupWidth: ParameterDomain = { meaning: 'group width in channels', ...whole };

/** The parameters of each kind of space, in the order in which they are drawn. */
export const parameterDomains: Readonly<Record<SpaceKind, Readonly<Record<string, ParameterDomain>>>> = {
  anynet: {
    d: { meaning: 'blocks in a stage', ...whole },
    w: { meaning: 'width in channels', ...whole },
    b: bottleneckRatio,
    g: groupWidth,
  },
  regnet: {
    depth: { meaning: 'blocks in all', ...whole },
    w_0: { meaning: 'initial width in channels', multipleOf: 8, low: 8 },
    w_a: { meaning: 'slope in channels a block', low: 0 },
    w_m: { meaning: 'width multiplier', low: 1, exclusive: true },
    b: bottleneckRatio,
    g: groupWidth,
  },
};
