import type { Complexity, Range, Regime } from '@netspace/contracts';

/** One limit of a regime. */
export type Limit = readonly [measure: keyof Complexity, range: Range];

const measures = ['flops', 'params', 'acts'] as const;

/** The limits that a regime has, in the order in which they are checked. */
export function limitsOf(regime: Regime): Limit[] {
  return measures.flatMap((measure): Limit[] => {
    const range = regime[measure];
    return range === undefined ? [] : [[measure, range]];
  });
}

/** How far a value, >= 1, is outside a range: |ln(value / the closer end)|; 0 within. */
export function distanceTo({ low, high }: Range, value: number): number {
  if (value < low) return Math.log(low / value);
  return value > high ? Math.log(value / high) : 0;
}

/** `at most 400000000 flops`, `360000000 to 400000000 flops`. */
export function limitText([measure, { low, high }]: Limit): string {
  if (low <= 0) return `at most ${high} ${measure}`;
  return high >= Number.MAX_SAFE_INTEGER ? `at least ${low} ${measure}` : `${low} to ${high} ${measure}`;
}
