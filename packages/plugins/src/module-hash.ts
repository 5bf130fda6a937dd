import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Hash of a module: of its content and of the local files that it names in quotes (`'./kernel.mjs'`), which are those that
 * it imports or reads, and of what these name. Packages that it imports are left out.
 */
export function contentHash(module: string): string {
  const files = new Set([module]);
  const hash = createHash('sha256');
  // A set is walked to its end, with all that is added on the way.
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(createHash('sha256').update(content).digest());
    for (const named of localFilesIn(content.toString(), dirname(file))) files.add(named);
  }
  return hash.digest('hex').slice(0, 12);
}

function localFilesIn(text: string, directory: string): string[] {
  return [...text.matchAll(/(["'`])(\.{1,2}\/[^"'`\n]+)\1/g)]
    .map(([, , path]) => resolve(directory, path!))
    .filter((file) => existsSync(file) && statSync(file).isFile());
}
