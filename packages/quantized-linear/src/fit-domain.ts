import type { Range } from '@netspace/contracts';

/** Ranges of the parameters of a rule. */
export interface RuleDomain {
  /** w_0, a multiple of the quantum. */
  readonly initialWidth: Range & { readonly quantum: number };
  /** w_a. */
  readonly slope: Range;
  /** w_m. */
  readonly widthMultiplier: Range;
}

/** The rules that `fit` chooses from: the ranges of the paper's section 3.3, but initial widths up to twice as large. */
export const fitDomain: RuleDomain = {
  initialWidth: { low: 8, high: 512, quantum: 8 },
  slope: { low: 0, high: 256 },
  widthMultiplier: { low: 1.5, high: 3 },
};
