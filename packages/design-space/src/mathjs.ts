import { createRequire } from 'node:module';

/** mathjs, in Node: loaded when a constraint is met, since its modules take longer than most commands. */
export function mathjs(): typeof import('mathjs') {
  return createRequire(import.meta.url)('mathjs') as typeof import('mathjs');
}
