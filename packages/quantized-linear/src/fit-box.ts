import type { QuantizedLinear, Range } from '@netspace/contracts';
import { fitDomain } from './fit-domain.js';

/** A set of rules of one depth and one initial width. */
export interface Box {
  readonly initialWidth: number;
  /** ln(u / w_0) of the last block's linear width u: ln(1 + (depth - 1) w_a / w_0). */
  readonly growth: Range;
  /** ln w_m. No block is met exactly by a w_m strictly inside the range: see {@link boxesOf}. */
  readonly logMultiplier: Range;
}

/** Ranges of ln w_m and of the growth narrower than this are not split: the rounding of float64 decides within. */
const resolution = 1e-13;

/**
 * All rules that may fit a network, as boxes. The ranges of ln w_m are cut wherever w_0 w_m^k equals one of the
 * network's widths, so that within a box every |ln w_0 + k ln w_m - ln w| is linear in ln w_m.
 */
export function boxesOf(logWidths: readonly number[]): Box[] {
  const { initialWidth, slope } = fitDomain;
  const boxes: Box[] = [];
  for (let width = initialWidth.low; width <= initialWidth.high; width += initialWidth.quantum) {
    const growth = { low: 0, high: Math.log1p(((logWidths.length - 1) * slope.high) / width) };
    const cuts = multiplierCuts(Math.log(width), new Set(logWidths));
    for (let cut = 1; cut < cuts.length; cut++) {
      boxes.push({ initialWidth: width, growth, logMultiplier: { low: cuts[cut - 1]!, high: cuts[cut]! } });
    }
  }
  return boxes;
}

function multiplierCuts(logInitial: number, logWidths: Iterable<number>): number[] {
  const low = Math.log(fitDomain.widthMultiplier.low);
  const high = Math.log(fitDomain.widthMultiplier.high);
  const cuts = [low, high];
  for (const logWidth of logWidths) {
    const ratio = logWidth - logInitial;
    for (let power = Math.max(1, Math.ceil(ratio / high)); power * low < ratio; power++) cuts.push(ratio / power);
  }
  return cuts.sort((a, b) => a - b).filter((cut, place) => place === 0 || cut - cuts[place - 1]! > resolution);
}

/**
 * No rule in the box has a smaller e_fit. Each block may choose its exponent freely among those that rules in the box
 * give it; the sum of the errors is then linear in ln w_m, so it is smallest at an end of the range.
 */
export function lowerBound(box: Box, logWidths: readonly number[]): number {
  const { low, high } = box.logMultiplier;
  const logInitial = Math.log(box.initialWidth);
  const leastSlope = relativeSlope(box.growth.low, logWidths.length);
  const mostSlope = relativeSlope(box.growth.high, logWidths.length);
  const smallStep = Math.exp(low);
  const largeStep = Math.exp(high);
  // An exponent rises by one where the linear width reaches the next flip; this saves a logarithm for each block.
  let least = 0;
  let leastFlip = Math.sqrt(largeStep);
  let most = 0;
  let mostFlip = Math.sqrt(smallStep);
  let errorAtLow = 0;
  let errorAtHigh = 0;
  for (let block = 0; block < logWidths.length; block++) {
    for (; 1 + block * leastSlope >= leastFlip; leastFlip *= largeStep) least++;
    for (; 1 + block * mostSlope >= mostFlip; mostFlip *= smallStep) most++;
    const ratio = logWidths[block]! - logInitial;
    errorAtLow += leastError(ratio, low, least, most);
    errorAtHigh += leastError(ratio, high, least, most);
  }
  return Math.min(errorAtLow, errorAtHigh) / logWidths.length;
}

/** The smallest |k step - ratio| of integers k from `least` to `most`. */
function leastError(ratio: number, step: number, least: number, most: number): number {
  const power = Math.min(Math.max(Math.round(ratio / step), least), most);
  return Math.abs(power * step - ratio);
}

/** Rules to try: the middle of the box's growths, at both ends of its w_m. */
export function rulesOf({ initialWidth, growth, logMultiplier }: Box, depth: number): QuantizedLinear[] {
  const slope = Math.min(initialWidth * relativeSlope(middle(growth), depth), fitDomain.slope.high);
  return [logMultiplier.low, logMultiplier.high].map((logarithm) => {
    const { low, high } = fitDomain.widthMultiplier;
    return { initialWidth, slope, widthMultiplier: Math.min(Math.max(Math.exp(logarithm), low), high), depth };
  });
}

/** w_a / w_0 of a growth. */
function relativeSlope(growth: number, depth: number): number {
  return depth === 1 ? 0 : Math.expm1(growth) / (depth - 1);
}

/** Halves a box across the range that moves the last block's exponent, growth / ln w_m, the more; none where it is too small. */
export function splitBox(box: Box): Box[] {
  const { growth, logMultiplier } = box;
  const byGrowth = growth.high - growth.low;
  const byMultiplier = ((logMultiplier.high - logMultiplier.low) * growth.high) / logMultiplier.low;
  if (Math.max(byGrowth, byMultiplier) < resolution) return [];
  if (byGrowth >= byMultiplier) return halves(growth).map((half) => ({ ...box, growth: half }));
  return halves(logMultiplier).map((half) => ({ ...box, logMultiplier: half }));
}

function halves(range: Range): Range[] {
  return [
    { low: range.low, high: middle(range) },
    { low: middle(range), high: range.high },
  ];
}

function middle({ low, high }: Range): number {
  return (low + high) / 2;
}
