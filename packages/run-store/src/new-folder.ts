import { rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { cannotWrite } from './cannot-write.js';
import { makeFolders } from './make-folders.js';

/**
 * Makes a folder and those on the way to it.
 *
 * @returns The function that removes those that are new, as long as they are empty.
 * @throws InvalidInputError where they cannot be made.
 */
export async function makeFolder(directory: string): Promise<() => Promise<void>> {
  const first = await makeFolders(directory).catch((error: unknown) => {
    throw cannotWrite(directory, error);
  });
  return async () => {
    if (first !== undefined) await removeEmpty(resolve(directory), resolve(first));
  };
}

/** Removes a folder and those around it up to `last`; ends at the first one that is not empty. */
async function removeEmpty(directory: string, last: string): Promise<void> {
  try {
    await rmdir(directory);
  } catch {
    return;
  }
  if (directory !== last) await removeEmpty(dirname(directory), last);
}
