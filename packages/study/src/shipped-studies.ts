import { readdirSync, readFileSync } from 'node:fs';
import { unknownName } from '@netspace/config-file';
import { InvalidInputError } from '@netspace/contracts';

/** Written by the build, from the folder `studies` of the repository. */
const folder = new URL('../dist/studies/', import.meta.url);
const extension = '.yaml';

/**
 * Names of the studies that netspace ships: those of the paper, and smaller ones to begin with.
 *
 * @example
 * import { shippedStudies } from '@netspace/study';
 * shippedStudies().includes('space-comparison'); // => true
 */
export function shippedStudies(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length))
    .toSorted();
}

/**
 * The text of a shipped study's file.
 *
 * @throws InvalidInputError where there is none of the name.
 */
export function shippedStudyText(name: string): string {
  const names = shippedStudies();
  if (!names.includes(name)) throw new InvalidInputError({ key: '--from', ...unknownName(name, names) });
  return readFileSync(new URL(`${name}${extension}`, folder), 'utf8');
}
