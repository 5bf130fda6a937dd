import type { QuantizedLinear } from '@netspace/contracts';
import { checkQuantum, checkRule } from './check-rule.js';
import { exponents } from './exponents.js';
import { roundHalfEven } from './round-half-even.js';
import { stagesOfBlocks, type StageWidths } from './stage-widths.js';

/** The stages that a rule makes. */
export interface Expansion extends StageWidths {
  /**
   * Stages there would be if every exponent from 0 to the largest had a width of its own. It exceeds the number of
   * stages where the rule skips an exponent or rounding makes two widths equal; pycls' sampler rejects such rules.
   */
  readonly totalStages: number;
}

/**
 * The width of every block: w_0 w_m^round(s_j), rounded to a multiple of `quantum` (paper, equations 2 to 4). Halves
 * are rounded to even, as NumPy and so pycls do.
 *
 * @param rule - With an `initialWidth` that is a multiple of `quantum`.
 * @param quantum - Channels, > 0; the paper's 8 by default.
 * @returns `rule.depth` widths in channels, never decreasing.
 * @throws InvalidInputError where a parameter is outside its range.
 * @example
 * import { blockWidths } from '@netspace/quantized-linear';
 * blockWidths({ initialWidth: 64, slope: 64, widthMultiplier: 2, depth: 5 }); // => [64, 128, 256, 256, 256]
 */
export function blockWidths(rule: QuantizedLinear, quantum = 8): number[] {
  checkRule(rule);
  checkQuantum(rule, quantum);
  return roundedWidths(rule, exponents(rule), quantum);
}

/**
 * The stages that a rule makes: each run of equal block widths is one stage (paper, section 3.3).
 *
 * @param rule - With an `initialWidth` that is a multiple of `quantum`.
 * @param quantum - Channels, > 0; the paper's 8 by default.
 * @throws InvalidInputError where a parameter is outside its range.
 * @example
 * import { expand } from '@netspace/quantized-linear';
 * const rule = { initialWidth: 24, slope: 24.48, widthMultiplier: 2.54, depth: 22 }; // RegNetX-400MF
 * const { widths, depths } = expand(rule);
 * widths; // => [24, 64, 152, 392]
 * depths; // => [1, 2, 7, 12]
 */
export function expand(rule: QuantizedLinear, quantum = 8): Expansion {
  checkRule(rule);
  checkQuantum(rule, quantum);
  const powers = exponents(rule);
  return { ...stagesOfBlocks(roundedWidths(rule, powers, quantum)), totalStages: powers.at(-1)! + 1 };
}

function roundedWidths(rule: QuantizedLinear, powers: readonly number[], quantum: number): number[] {
  return powers.map((power) => roundHalfEven((rule.initialWidth * rule.widthMultiplier ** power) / quantum) * quantum);
}
