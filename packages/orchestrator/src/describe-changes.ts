import type { Change } from '@netspace/study';

/** Changes that a message names; the others are counted. */
const named = 4;

/** `recipe.epochs: 3 then, 4 now; regime.flops.low: 600000 then, 1000000 now`. */
export function describeChanges(changes: readonly Change[]): string {
  const texts = changes
    .slice(0, named)
    .map(({ key, before, now }) => `${key}: ${shown(before)} then, ${shown(now)} now`);
  const others = changes.length - named;
  return [...texts, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
}

/** Long values, as hashes, by their beginning. */
function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length <= 40 ? text : `${text.slice(0, 32)}…`;
}
