import { randomUUID } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cannotWrite } from './cannot-write.js';
import { flushFolder } from './flush-folder.js';
import { makeFolders } from './make-folders.js';

/** What a file is to hold: text, bytes, or bytes in parts. */
type Content = string | Uint8Array | readonly Uint8Array[];

/**
 * Writes a file whole or not at all, and flushes it to the disk: under a temporary name beside it, then renamed. Folders
 * on the way are made.
 *
 * @throws InvalidInputError where it cannot be written; what was there before is unharmed, and nothing is left behind.
 * @example
 * import { mkdtempSync, readdirSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { writeFileWhole } from '@netspace/run-store';
 * const folder = mkdtempSync(join(tmpdir(), 'files-'));
 * await writeFileWhole(join(folder, 'notes', 'first.txt'), 'whole\n');
 * readdirSync(join(folder, 'notes')); // => ['first.txt']
 */
export async function writeFileWhole(file: string, content: Content): Promise<void> {
  const temporary = `${file}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await makeFolders(dirname(file));
    await writeAndFlush(temporary, content);
    await rename(temporary, file);
    await flushFolder(dirname(file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cannotWrite(file, error);
  }
}

async function writeAndFlush(file: string, content: Content): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await writeFile(handle, content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
