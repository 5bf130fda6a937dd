import { InvalidInputError, type QuantizedLinear } from '@netspace/contracts';
import { checkRule } from './check-rule.js';
import { exponents } from './exponents.js';
import { blocksOfStages, checkStages, type StageWidths } from './stage-widths.js';

/**
 * How far a rule is from a network: e_fit, the mean over blocks of |ln(predicted / observed width)| (paper,
 * section 3.3). The predicted width is w_0 w_m^round(s_j), not rounded to a quantum.
 *
 * @param rule - Its depth is the network's.
 * @param stages - The network.
 * @returns At least 0; 0.1 is about 10 % a block.
 * @throws InvalidInputError where a parameter is outside its range or the depths differ.
 * @example
 * import { fitError } from '@netspace/quantized-linear';
 * const rule = { initialWidth: 64, slope: 64, widthMultiplier: 2, depth: 4 };
 * fitError(rule, { widths: [64, 128, 256], depths: [1, 1, 2] }); // => 0
 */
export function fitError(rule: QuantizedLinear, stages: StageWidths): number {
  checkRule(rule);
  checkStages(stages);
  const blocks = blocksOfStages(stages);
  if (rule.depth !== blocks.length) {
    const expected = `${blocks.length}, the network's number of blocks`;
    throw new InvalidInputError({ key: 'depth', problem: `got ${rule.depth}`, expected });
  }
  return meanLogError(rule, blocks.map(Math.log));
}

/** {@link fitError} without its checks, of a network given as the natural logarithm of every block's width. */
export function meanLogError(rule: QuantizedLinear, logWidths: readonly number[]): number {
  const logInitial = Math.log(rule.initialWidth);
  const logMultiplier = Math.log(rule.widthMultiplier);
  const powers = exponents(rule);
  let sum = 0;
  logWidths.forEach((logWidth, block) => {
    sum += Math.abs(logInitial + powers[block]! * logMultiplier - logWidth);
  });
  return sum / logWidths.length;
}
