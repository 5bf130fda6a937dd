import { basename, isAbsolute } from 'node:path';
import { isMap } from './setting-layers.js';

/**
 * A plain value with the last part of each absolute path in place of it: what a path names is known by content, and where it
 * lies is not part of a study.
 */
export function withoutAbsolutePaths<T>(value: T): T {
  if (typeof value === 'string') return (isAbsolute(value) ? basename(value) : value) as T;
  if (Array.isArray(value)) return value.map(withoutAbsolutePaths) as T;
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutAbsolutePaths(inner)])) as T;
}
