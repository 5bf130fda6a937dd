import { existsSync, statSync } from 'node:fs';

/** Whether a path is that of a file; false where it cannot be one, as a name that is too long. */
export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
