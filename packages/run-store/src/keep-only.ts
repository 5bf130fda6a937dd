import { readdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { cannotWrite } from './cannot-write.js';

/**
 * Removes what a folder of a run holds besides the given files: populations or figures of what the run is no longer of.
 * Files with another ending than theirs stay.
 *
 * @param files - Paths in the folder.
 * @throws InvalidInputError where a file cannot be removed.
 * @example
 * import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { keepOnly } from '@netspace/run-store';
 * const folder = mkdtempSync(join(tmpdir(), 'figures-'));
 * for (const name of ['edf.svg', 'former.svg', 'notes.txt']) writeFileSync(join(folder, name), '');
 * await keepOnly(folder, [join(folder, 'edf.svg')]);
 * readdirSync(folder).sort(); // => ['edf.svg', 'notes.txt']
 */
export async function keepOnly(folder: string, files: readonly string[]): Promise<void> {
  const kept = new Set(files);
  const endings = new Set(files.map((file) => extname(file)));
  try {
    const there = files.length === 0 ? [] : (await readdir(folder)).map((name) => join(folder, name));
    const others = there.filter((file) => endings.has(extname(file)) && !kept.has(file));
    for (const file of others) await rm(file);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}
