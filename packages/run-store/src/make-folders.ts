import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those on the way to it. That of Node.js, `recursive: true`, never ends where a file system says "no such
 * file" of a folder that cannot be made, as /proc does.
 *
 * @returns The first one that is new; undefined where all were there.
 */
export async function makeFolders(directory: string): Promise<string | undefined> {
  try {
    await mkdir(directory);
    return directory;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(directory) !== directory) return makeBelow(directory);
    // On some systems a folder that is there is told by another code.
    if (await isFolder(directory)) return undefined;
    throw error;
  }
}

/** Makes the folder around one, and then that. */
async function makeBelow(directory: string): Promise<string> {
  const first = await makeFolders(dirname(directory));
  await mkdir(directory).catch(async (error: unknown) => {
    // Another process made it meanwhile.
    if (!(await isFolder(directory))) throw error;
  });
  return first ?? directory;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
