/**
 * A path of keys and indices as one key, as messages show it.
 *
 * @example
 * import { formatKey } from '@netspace/config-file';
 * formatKey(['stages', 1, 'groupWidth']); // => 'stages[1].groupWidth'
 */
export function formatKey(path: readonly PropertyKey[]): string {
  return path
    .map((part, position) => {
      if (typeof part === 'number') return `[${part}]`;
      return position === 0 ? String(part) : `.${String(part)}`;
    })
    .join('');
}
