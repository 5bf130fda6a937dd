import { join } from 'node:path';
import type { Study } from '@netspace/study';

/**
 * The folder of a study's results where none is given: `runs/<name>` in the current folder.
 *
 * @example
 * import { join } from 'node:path';
 * import { defaultDirectory } from '@netspace/orchestrator';
 * defaultDirectory({ name: 'first' }) === join('runs', 'first'); // => true
 */
export function defaultDirectory({ name }: Pick<Study, 'name'>): string {
  return join('runs', name);
}
