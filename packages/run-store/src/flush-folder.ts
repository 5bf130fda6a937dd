import { open } from 'node:fs/promises';

/** Flushes a folder's list of files to the disk, where the system can: a file that was new survives a power cut. */
export async function flushFolder(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Some systems open no folders or flush none: they keep their lists safe by themselves.
  }
}
