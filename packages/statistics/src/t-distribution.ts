import { betaCdf, betaQuantile } from './beta-distribution.js';

/**
 * Chance that |T| is at least |t|, for Student's t with `freedom` degrees of freedom: I_x(freedom / 2, 1 / 2) at
 * x = freedom / (freedom + t^2), to a relative 1e-11; where x is close to 1, it is taken of 1 - x.
 *
 * @param freedom - Above 0, not necessarily whole.
 */
export function tTwoSidedP(t: number, freedom: number): number {
  const square = t * t;
  if (square < 1) return 1 - betaCdf(square / (freedom + square), 0.5, freedom / 2);
  return betaCdf(freedom / (freedom + square), freedom / 2, 0.5);
}

/** The t within which Student's t stays with chance `confidence`: the inverse of 1 - {@link tTwoSidedP}. */
export function tTwoSidedQuantile(confidence: number, freedom: number): number {
  const x = betaQuantile(1 - confidence, freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}
