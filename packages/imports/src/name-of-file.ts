import { basename, extname } from 'node:path';

/** `sweeps/RegNetX.json` is `RegNetX`. */
export function nameOfFile(file: string): string {
  return basename(file, extname(file));
}
