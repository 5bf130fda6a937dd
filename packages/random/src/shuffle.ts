import type { Random } from '@netspace/contracts';

/**
 * Shuffles an array in place (Fisher-Yates, as Durstenfeld: every order equally likely) and returns it.
 *
 * @example
 * import { openRandom, shuffle } from '@netspace/random';
 * shuffle([1, 2, 3, 4], openRandom(7)).sort(); // => [1, 2, 3, 4]
 */
export function shuffle<T extends { [index: number]: unknown; readonly length: number }>(items: T, random: Random): T {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.integer(0, last);
    const item = items[last];
    items[last] = items[other];
    items[other] = item;
  }
  return items;
}
