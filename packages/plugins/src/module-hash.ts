import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { contentHash } from '@netspace/content-hash';
import { isFile } from './is-file.js';

/**
 * SHA-256 of a module: of its content and of the local files that it names in quotes (`'./kernel.mjs'`), which are those that
 * it imports or reads, and of what these name. Packages that it imports are left out. 64 hexadecimal digits; where the files
 * lie does not count.
 *
 * @param module - Path of its file.
 */
export function moduleHash(module: string): string {
  const files = new Set([module]);
  const hashes: string[] = [];
  // A set is walked to its end, with all that is added on the way.
  for (const file of files) {
    const content = readFileSync(file);
    hashes.push(createHash('sha256').update(content).digest('hex'));
    if (content.length > largestSource) continue;
    for (const named of localFilesIn(content.toString(), dirname(file))) files.add(named);
  }
  return contentHash(hashes);
}

/** Bytes; a larger file is data, in which no names are looked for. */
const largestSource = 2 ** 20;

function localFilesIn(text: string, directory: string): string[] {
  return [...text.matchAll(/(["'`])(\.{1,2}\/[^"'`\n]+)\1/g)]
    .map(([, , path]) => resolve(directory, path!))
    .filter(isFile);
}
