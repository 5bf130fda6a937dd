import { readdir } from 'node:fs/promises';
import { cannotRead } from './cannot-read.js';

/**
 * The names of what a folder holds; none where there is no folder.
 *
 * @throws InvalidInputError where it cannot be read.
 */
export async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cannotRead(directory, error, 'a folder');
  }
}
