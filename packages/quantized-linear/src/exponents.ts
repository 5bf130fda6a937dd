import type { QuantizedLinear } from '@netspace/contracts';
import { roundHalfEven } from './round-half-even.js';

/**
 * The exponent of every block: round(s_j), where u_j = w_0 + w_a j = w_0 w_m^s_j (paper, equations 2 and 3); halves
 * are rounded to the even integer, as pycls does.
 */
export function exponents({ initialWidth, slope, widthMultiplier, depth }: QuantizedLinear): number[] {
  const logMultiplier = Math.log(widthMultiplier);
  const powers = new Array<number>(depth);
  for (let block = 0; block < depth; block++) {
    powers[block] = roundHalfEven(Math.log((block * slope + initialWidth) / initialWidth) / logMultiplier);
  }
  return powers;
}
