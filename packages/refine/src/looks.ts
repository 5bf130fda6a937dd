/** Pairs of the first look: fewer tell nothing at any level that is used. */
export const firstLook = 12;

/** Each look has so many times the pairs of the one before. */
const growth = 1.25;

/**
 * Numbers of pairs at which a comparison is looked at, up to `most`: they depend on nothing else, so that the number of
 * workers decides nothing.
 *
 * @example
 * import { looksUpTo } from '@netspace/refine';
 * looksUpTo(30); // => [12, 15, 19, 24, 30]
 */
export function looksUpTo(most: number): number[] {
  const looks: number[] = [];
  for (let pairs = firstLook; pairs < most; pairs = Math.ceil(pairs * growth)) looks.push(pairs);
  return [...looks, most];
}
