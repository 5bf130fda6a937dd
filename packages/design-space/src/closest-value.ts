import type { Random, Range } from '@netspace/contracts';
import type { EventLoopTurns } from './event-loop-turns.js';
import { distanceTo } from './limits.js';
import { ReplayedRandom } from './replayed-random.js';

/** A value that a chain of random draws makes; undefined where it makes none. */
export type DrawValue = (random: Random) => number | undefined;

const climbs = 4;
const stepsOfAClimb = 5000;

/** Steps at the start of a climb that draw everything anew. */
const freshSteps = 200;

/** The largest float64 below 1. */
const almostOne = 1 - Number.EPSILON / 2;

/**
 * How close to a range a directed search comes: the smallest {@link distanceTo} of the values that it meets; Infinity
 * where it meets none.
 *
 * Each climb starts from the best of some random values and changes a few of the random draws that made it, keeping what
 * is no worse. So it needs to know nothing of what the draws are for (a climb in "primary sample space"; Kelemen et al.,
 * Computer Graphics Forum 21(3), 2002).
 *
 * @param enough - The search ends when it is as close as this.
 */
export async function closestValue(
  draw: DrawValue,
  range: Range,
  enough: number,
  random: Random,
  turns: EventLoopTurns,
): Promise<number> {
  let closest = Infinity;
  for (let climb = 0; climb < climbs && closest > enough; climb++) {
    let draws: readonly number[] = [];
    let best = Infinity;
    for (let step = 0; step < stepsOfAClimb && best > enough; step++) {
      if (turns.areDue) await turns.take();
      const replay = new ReplayedRandom(step < freshSteps ? [] : changed(draws, random), random);
      const value = draw(replay);
      const distance = value === undefined ? Infinity : distanceTo(range, value);
      if (distance > best) continue;
      best = distance;
      draws = replay.drawn;
    }
    closest = Math.min(closest, best);
  }
  return closest;
}

/** A copy with one or two of the draws changed: drawn anew, moved a little, or at an end of their range. */
function changed(draws: readonly number[], random: Random): number[] {
  if (draws.length === 0) return [];
  const copy = [...draws];
  for (let change = random.integer(1, 2); change > 0; change--) {
    const place = random.integer(0, copy.length - 1);
    const moved = Math.min(Math.max(copy[place]! + 0.05 * random.normal(), 0), almostOne);
    copy[place] = [random.uniform(), moved, 0, almostOne][random.integer(0, 3)]!;
  }
  return copy;
}
