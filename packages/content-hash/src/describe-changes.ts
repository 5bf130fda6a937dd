import type { Change } from './changes-between.js';

/** Changes that a message names; the others are counted. */
const named = 4;

/** Longer values are told by their beginning. */
const longest = 40;

/**
 * Changes as text, for messages: the first four, with both values, and how many more there are.
 *
 * @example
 * import { describeChanges } from '@netspace/content-hash';
 * describeChanges([{ key: 'recipe.epochs', before: 3, now: undefined }]); // => 'recipe.epochs: 3 then, absent now'
 */
export function describeChanges(changes: readonly Change[]): string {
  const texts = changes
    .slice(0, named)
    .map(({ key, before, now }) => `${key}: ${shown(before)} then, ${shown(now)} now`);
  const others = changes.length - texts.length;
  return [...texts, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
}

function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  if (text.length <= longest) return text;
  return `${text.slice(0, 16)}…${typeof value === 'string' ? '"' : ''}`;
}
