import type { ProposalResult } from '@netspace/contracts';
import { anytimeMultiple } from '@netspace/statistics';
import { narrowAt, type SampleComparison } from './compare-samples.js';

/** What a comparison is held against. */
export interface Question {
  /** The effect that a proposal must be below: the margin of one that need not cost, 0 of one that must help. */
  readonly threshold: number;
  readonly confidence: number;
  /** Pairs that it may take, at most. */
  readonly most: number;
}

/** Why no more networks are trained for a proposal. */
export type Decision = Pick<ProposalResult, 'verdict' | 'reason'>;

/** Pairs before which nothing is given up. */
const patience = 24;

/**
 * What a look decides; undefined where more networks shall be trained.
 *
 * It gives up where an acceptance is out of reach even if the effect is better than measured by a standard error: that makes
 * no wrong acceptance likelier.
 */
export function decide(comparison: SampleComparison, question: Question): Decision | undefined {
  const { interval, pairs } = comparison;
  const { threshold, most } = question;
  const compared = threshold > 0 ? 'the margin' : '0';
  if (interval.high < threshold) {
    return { verdict: 'accepted', reason: interval.high < 0 ? 'helps' : 'loses nothing, by the margin' };
  }
  if (interval.low >= threshold) return { verdict: 'rejected', reason: threshold > 0 ? 'costs the margin' : 'costs' };
  if (pairs < Math.min(patience, most)) return undefined;
  const deviation = deviationOf(comparison, question);
  const ended = pairs >= most;
  const effect = ended ? comparison.effect : comparison.effect - deviation / Math.sqrt(pairs);
  if (effect >= threshold) return undecided(`${ended ? '' : 'given up: '}measured above ${compared}`);
  const needed = pairsFor({ deviation, distance: threshold - effect, confidence: question.confidence });
  if (ended) return undecided(`would take ${toldPairs('about', needed)}; ${most} were allowed`);
  return needed > most ? undecided(`given up: would take ${toldPairs('at least', needed)}`) : undefined;
}

function undecided(reason: string): Decision {
  return { verdict: 'undecided', reason };
}

/** Pairs that would be far more than anybody trains. */
const hopeless = 100_000;

function toldPairs(about: string, pairs: number): string {
  return pairs < hopeless ? `${about} ${pairs} pairs` : 'too many pairs';
}

/** Standard deviation of a pair's difference, percentage points: infinite where it is not known. */
function deviationOf({ interval, effect, pairs }: SampleComparison, { confidence }: Question): number {
  const multiple = anytimeMultiple(Math.max(pairs, 2), { confidence, narrowAt });
  return ((interval.high - effect) / multiple) * Math.sqrt(pairs);
}

/** A difference that shall be told from a threshold. */
export interface Power {
  /** Standard deviation of the difference of a pair, percentage points. */
  readonly deviation: number;
  /** From the effect to the threshold, percentage points, above 0. */
  readonly distance: number;
  readonly confidence: number;
}

/**
 * Pairs at which an interval of half the width of a distance is reached; at most 100,000.
 *
 * @example
 * import { pairsFor } from '@netspace/refine';
 * pairsFor({ deviation: 2, distance: 1, confidence: 0.975 }); // => 48
 */
export function pairsFor({ deviation, distance, confidence }: Power): number {
  const isWide = (pairs: number): boolean =>
    (anytimeMultiple(pairs, { confidence, narrowAt }) * deviation) / Math.sqrt(pairs) > distance;
  let [low, high] = [2, hopeless];
  if (!(distance > 0) || isWide(high)) return hopeless;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isWide(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
