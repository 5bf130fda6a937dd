import type { Complexity } from '@netspace/contracts';
import type { Candidate } from './candidate.js';
import type { ConstraintScope } from './constraint.js';
import type { DesignSpace } from './design-space.js';

/**
 * What constraints may speak of: the lists `d`, `w`, `b`, `g` of the stages, `stages` (how many), `depth` (blocks in
 * all), a RegNet's `w_0`, `w_a`, `w_m`, and `flops`, `params`, `acts`. Widths are the drawn ones.
 */
export function scopeOf({ stages, rule }: Candidate, { flops, params, acts }: Complexity): ConstraintScope {
  const depth = stages.d.reduce((sum, blocks) => sum + blocks, 0);
  return { ...rule, ...stages, stages: stages.d.length, depth, flops, params, acts };
}

/** A scope of the shape that a space's constraints will meet, of the fewest stages. */
export function exampleScope({ kind, stages }: DesignSpace): ConstraintScope {
  const ones = new Array<number>(stages.low).fill(1);
  const rule: Candidate['rule'] = kind === 'regnet' ? { depth: 1, w_0: 1, w_a: 1, w_m: 1 } : {};
  return scopeOf({ stages: { d: ones, w: ones, b: ones, g: ones }, rule }, { flops: 1, params: 1, acts: 1 });
}
