import type { SpaceSize } from './size-of.js';

/**
 * A size for people, to two digits where it is large: `1.8e18`, `at most 1.2e11`, `576`.
 *
 * @example
 * import { findDesignSpace, formatSize, sizeOf } from '@netspace/design-space';
 * formatSize(sizeOf(findDesignSpace('AnyNetX-E'))); // => '8.2e11'
 */
export function formatSize({ kind, combinations }: SpaceSize): string {
  const digits =
    combinations < 10_000n ? String(combinations) : Number(combinations).toExponential(1).replace('e+', 'e');
  return kind === 'exact' ? digits : `at most ${digits}`;
}
