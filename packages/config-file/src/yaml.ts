import { createRequire } from 'node:module';

let loaded: typeof import('yaml') | undefined;

/** The library, in Node: loaded when a text is read, since its modules take longer than much that needs no text. */
export function yaml(): typeof import('yaml') {
  return (loaded ??= createRequire(import.meta.url)('yaml') as typeof import('yaml'));
}
