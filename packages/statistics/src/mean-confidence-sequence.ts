import type { Interval } from '@netspace/contracts';
import { checkConfidence, checkValues, fail } from './check-values.js';
import { findRoot } from './find-root.js';

/** How a mean is followed. */
export interface ConfidenceSequenceOptions {
  /** Between which every value lies, for certain: without such bounds there is no such sequence. */
  readonly range: Interval;
  /** At which half of its width the sequence shall be as narrow as it can, in the unit of the values, above 0. */
  readonly halfWidth: number;
  /** Of all intervals together, in (0, 1); 0.95 unless told. */
  readonly confidence?: number;
}

/**
 * A confidence sequence of the mean of values that come one after the other: an interval after each of them, all of which
 * hold the mean at once with the confidence. So one may look after every value and stop where one likes, as one may not
 * with an interval for a fixed number of values.
 *
 * The hedged capital process of Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting" (Journal
 * of the Royal Statistical Society B 86(1), 2024; arXiv 2010.09686), theorem 3: half of a capital is bet on the mean being
 * above m and half on its being below, in bets that are fair if it is m; an m that makes rich is excluded. The bet is
 * `halfWidth` over the variance of the values before, which is the best against an m that is so far from the mean. The
 * sequence is valid for any `halfWidth` that was chosen before the values, but soon stops to narrow much below it.
 *
 * It assumes that each value has the same mean whatever came before, as independent draws have, and nothing else of their
 * distribution.
 *
 * @example
 * import { MeanConfidenceSequence } from '@netspace/statistics';
 * const sequence = new MeanConfidenceSequence({ range: { low: 0, high: 1 }, halfWidth: 0.05 });
 * for (let i = 0; i < 100; i++) [0.4, 0.6].forEach((value) => sequence.add(value));
 * const { low, high } = sequence.interval;
 * [low.toFixed(3), high.toFixed(3)]; // => ['0.481', '0.519']
 */
export class MeanConfidenceSequence {
  /** The mean lies here, as far as is known; the whole range before the first value. It never widens. */
  interval: Interval;
  private readonly below: BettingBound;
  private readonly above: BettingBound;
  private count = 0;
  /** Of shares of the range, and of their squared distances from the mean before: as if one of 1/2 had come. */
  private sum = 1 / 2;
  private squares = 1 / 4;

  /** @throws InvalidInputError where an option is outside its range. */
  constructor(private readonly options: ConfidenceSequenceOptions) {
    const { range, halfWidth, confidence = 0.95 } = options;
    checkValues('range', [range.low, range.high]);
    if (!(range.low < range.high)) fail('range', `${range.low} to ${range.high}`, 'a low end below the high one');
    if (!(halfWidth > 0 && Number.isFinite(halfWidth))) fail('halfWidth', halfWidth, 'a number above 0');
    checkConfidence(confidence);
    this.interval = range;
    const limit = Math.log(2 / (1 - confidence));
    this.below = new BettingBound(limit);
    this.above = new BettingBound(limit);
  }

  /**
   * The next value.
   *
   * @throws InvalidInputError where it is outside the range.
   */
  add(value: number): void {
    const { low, high } = this.options.range;
    if (!(value >= low && value <= high)) fail('value', value, `a number of ${low} to ${high}`);
    const width = high - low;
    const share = (value - low) / width;
    const bet = this.bet(share);
    const next = { low: low + width * this.below.add(share, bet), high: high - width * this.above.add(1 - share, bet) };
    // Where the two sides leave nothing, the mean was excluded before: the rare case that the confidence allows for.
    if (next.low <= next.high) this.interval = next;
  }

  /** The bet on a value, which only those before it decide. */
  private bet(share: number): number {
    const before = ++this.count;
    const bet = ((this.options.halfWidth / (this.options.range.high - this.options.range.low)) * before) / this.squares;
    this.squares += (share - this.sum / before) ** 2;
    this.sum += share;
    return bet;
  }
}

/** The most that a bet risks, as a share of the capital. Any below 1 is valid. */
const most = 0.9;

/** Up to where means of values in [0, 1] are excluded from below, by bets on the mean being higher. */
class BettingBound {
  private readonly values: number[] = [];
  private readonly bets: number[] = [];
  private bound = 0;

  /** @param limit - Logarithm of the capital by which a mean is excluded. */
  constructor(private readonly limit: number) {}

  add(value: number, bet: number): number {
    this.values.push(value);
    this.bets.push(bet);
    const excess = (m: number): number => this.logCapital(m) - this.limit;
    // The capital falls with m, and is at most 1 where m is 1.
    if (excess(this.bound) > 0) this.bound = findRoot(excess, this.bound, 1);
    return this.bound;
  }

  /** Logarithm of what a capital of 1 has become that was bet on the mean being above m. */
  private logCapital(m: number): number {
    return this.values.reduce((sum, value, i) => sum + Math.log1p(Math.min(this.bets[i]!, most / m) * (value - m)), 0);
  }
}
