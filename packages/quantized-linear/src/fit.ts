import type { QuantizedLinearFit } from '@netspace/contracts';
import { type Box, boxesOf, lowerBound, rulesOf, splitBox } from './fit-box.js';
import { meanLogError } from './fit-error.js';
import { PriorityQueue } from './priority-queue.js';
import { blocksOfStages, checkStages, type StageWidths } from './stage-widths.js';

/** The fit's error exceeds the smallest possible by at most this. */
const tolerance = 1e-11;

/**
 * The rule closest to a network: the (w_0, w_a, w_m) of the smallest e_fit at the network's own depth (paper,
 * section 3.3), among {@link fitDomain}.
 *
 * The minimum is global, to 1e-11: branch and bound over boxes of rules, the most promising box first. e_fit is
 * piecewise constant in w_a, with jumps where a block's exponent flips, and piecewise linear in ln w_m. Where several
 * rules fit equally well, which one is returned is unspecified, but always the same. A few milliseconds for a network
 * of 20 blocks.
 *
 * @param stages - The network, of any widths.
 * @throws InvalidInputError where there is no stage, or one without a width above 0 and a whole depth of at least 1.
 * @example
 * import { fit } from '@netspace/quantized-linear';
 * const rule = fit({ widths: [64, 128, 256, 512], depths: [1, 1, 3, 6] });
 * rule.initialWidth; // => 64
 * rule.widthMultiplier.toFixed(6); // => '2.000000'
 * rule.fitError < 1e-9; // => true
 */
export function fit(stages: StageWidths): QuantizedLinearFit {
  checkStages(stages);
  const logWidths = blocksOfStages(stages).map(Math.log);
  const queue = new PriorityQueue<Box & { readonly bound: number }>();
  let best: QuantizedLinearFit | undefined;
  const isPromising = (bound: number): boolean => best === undefined || bound < best.fitError - tolerance;
  const consider = (box: Box): void => {
    const bound = lowerBound(box, logWidths);
    if (isPromising(bound)) queue.push({ ...box, bound });
  };

  boxesOf(logWidths).forEach(consider);
  for (let box = queue.pop(); box !== undefined && isPromising(box.bound); box = queue.pop()) {
    for (const rule of rulesOf(box, logWidths.length)) {
      const error = meanLogError(rule, logWidths);
      if (best === undefined || error < best.fitError) best = { ...rule, fitError: error };
    }
    splitBox(box).forEach(consider);
  }
  return best!;
}
