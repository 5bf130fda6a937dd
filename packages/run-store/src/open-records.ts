import { existsSync } from 'node:fs';
import { appendFile, type FileHandle, open, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordStore, TrainingRecord } from '@netspace/contracts';
import { cannotWrite } from './cannot-write.js';
import { dropCheckpoints } from './checkpoints-of-run.js';
import { fileNameOf } from './file-name-of.js';
import { flushFolder } from './flush-folder.js';
import { takeLock } from './lock.js';
import { makeFolder } from './new-folder.js';
import { readLines } from './read-lines.js';
import { indexRecords, whole } from './read-records.js';
import { isTrained, type RecordIndex } from './record-index.js';
import { formatRecordLine } from './record-line.js';
import type { RunFolder } from './run-folder.js';

/** The records of a run's folder, opened by one of its writers. */
export interface FileRecordStore extends RecordStore {
  /** Where the torn last line of a crash was moved to, if there was one. */
  readonly tornLineFile?: string;
}

/**
 * Opens the records of a run to add to them: a file a writer, `records/<writer>.jsonl`, a JSON line a record, each written
 * whole and flushed to the disk. The store holds the records of all writers as they were when it was opened, and its own.
 *
 * A training whose result is kept, now or before, needs its checkpoint no more: it is removed.
 *
 * A last line without its end, the trace of a crash, is moved to `records/<writer>.jsonl.torn`. One process at a time may
 * be a writer; several may write under names of their own.
 *
 * @param writer - Its name: `local`.
 * @throws InvalidInputError where another process is that writer, a line is no record or was edited (file and line), or
 * the file cannot be written.
 */
export async function openRecords(folder: RunFolder, writer: string): Promise<FileRecordStore> {
  const file = join(folder.records, `${fileNameOf(writer)}.jsonl`);
  await makeFolder(folder.records);
  const unlock = await takeLock(`${file}.lock`);
  try {
    const index = await indexRecords(folder, whole);
    const records = index.values().map(({ taken }) => taken);
    await dropCheckpoints(folder, records.filter(isTrained));
    const tornLineFile = await moveTornLine(file);
    const handle = await openToAppend(file, folder.records);
    const store = storeOf(folder, file, handle, index, unlock);
    return tornLineFile === undefined ? store : { ...store, tornLineFile };
  } catch (error) {
    await unlock();
    throw cannotWrite(file, error);
  }
}

function storeOf(
  folder: RunFolder,
  file: string,
  handle: FileHandle,
  index: RecordIndex,
  unlock: () => Promise<void>,
): RecordStore {
  // Records are written one after the other, also where several are handed over at once.
  let last = Promise.resolve();
  return {
    location: file,
    records: () => Promise.resolve(index.values().map(({ taken }) => taken)),
    append(record) {
      const appended = last.then(() => append(record, file, handle, index));
      last = appended.catch(() => undefined);
      return appended.then(() => (isTrained(record) ? dropCheckpoints(folder, [record]) : undefined));
    },
    async close() {
      await last;
      await handle.close();
      await unlock();
    },
  };
}

async function append(record: TrainingRecord, file: string, handle: FileHandle, index: RecordIndex): Promise<void> {
  const { line, ...hashed } = formatRecordLine(record);
  await appendLine(line, file, handle);
  index.add(hashed);
}

/** Writes a line and flushes it. A line that cannot be written whole is taken back, so that the next one starts clean. */
async function appendLine(line: string, file: string, handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  try {
    await handle.writeFile(`${line}\n`);
    await handle.sync();
  } catch (error) {
    await handle.truncate(size);
    throw cannotWrite(file, error, 'a record');
  }
}

async function openToAppend(file: string, directory: string): Promise<FileHandle> {
  const handle = await open(file, 'a');
  await flushFolder(directory);
  return handle;
}

/** Moves a last line without its end out of the way, and says where to. */
async function moveTornLine(file: string): Promise<string | undefined> {
  if (!existsSync(file)) return undefined;
  let length = 0;
  for await (const lines of readLines(file)) {
    for (const { bytes, whole } of lines) {
      if (whole) {
        length += bytes.length + 1;
        continue;
      }
      const tornLineFile = `${file}.torn`;
      await appendFile(tornLineFile, Buffer.concat([bytes, Buffer.from('\n')]), { flush: true });
      await truncate(file, length);
      return tornLineFile;
    }
  }
  return undefined;
}
