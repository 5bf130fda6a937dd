import { appendFile, readFile } from 'node:fs/promises';
import { cannotWrite } from './cannot-write.js';
import { checkRecords } from './check-records.js';
import { takeLock } from './lock.js';
import type { RunFolder } from './run-folder.js';
import { writeFileWhole } from './write-file-whole.js';

/**
 * Moves the lines of a run that are no records out of its files of records, to `<file>.damaged`, so that it can be read and
 * go on. No byte is lost: a line is in the other file before it leaves the first.
 *
 * @returns How many lines were moved.
 * @throws InvalidInputError where a process writes to such a file, or it cannot be written.
 * @example
 * import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { RunFolder, salvageRecords } from '@netspace/run-store';
 * const folder = new RunFolder(mkdtempSync(join(tmpdir(), 'run-')));
 * mkdirSync(folder.records);
 * writeFileSync(join(folder.records, 'local.jsonl'), 'no record\n');
 * await salvageRecords(folder); // => 1
 * await salvageRecords(folder); // => 0
 */
export async function salvageRecords(folder: RunFolder): Promise<number> {
  const { files } = await checkRecords(folder);
  let moved = 0;
  for (const { file, damaged } of files.filter((checked) => checked.damaged.length > 0)) {
    const unlock = await takeLock(`${file}.lock`);
    try {
      await moveLines(file, new Set(damaged.map(({ line }) => line)));
    } finally {
      await unlock();
    }
    moved += damaged.length;
  }
  return moved;
}

async function moveLines(file: string, numbers: ReadonlySet<number>): Promise<void> {
  // As Latin-1 every byte stays what it is, also where it is no UTF-8.
  const lines = (await readFile(file, 'latin1')).split(/(?<=\n)/);
  const isDamaged = (_: string, index: number): boolean => numbers.has(index + 1);
  const damagedFile = `${file}.damaged`;
  try {
    await appendFile(damagedFile, Buffer.from(lines.filter(isDamaged).join(''), 'latin1'), { flush: true });
  } catch (error) {
    throw cannotWrite(damagedFile, error);
  }
  await writeFileWhole(file, Buffer.from(lines.filter((line, index) => !isDamaged(line, index)).join(''), 'latin1'));
}
