import { join } from 'node:path';
import { contentHash } from '@netspace/content-hash';
import type { TrainingRecord } from '@netspace/contracts';
import { cannotRead } from './cannot-read.js';
import { namesIn } from './names-in.js';
import { readLines } from './read-lines.js';
import { RecordIndex } from './record-index.js';
import { parseRecordLine } from './record-line.js';
import type { RunFolder } from './run-folder.js';

/** The results of a run as they are now. */
export interface RunRecords<Taken = TrainingRecord> {
  /** The newest of each identity, but a result before a failure; in the order of first appearance, writer by writer. */
  readonly records: readonly Taken[];
  /** Of the records, whatever their order and files: what artefacts that are made from them name as their input. */
  readonly hash: string;
}

/**
 * Reads the records of all writers of a run, which may go on writing: a last line without its end is left out.
 *
 * @param take - What is kept of each; all of it unless told. Where it is little, thousands take a fraction of the memory.
 * @throws InvalidInputError where a line is no record or was edited: file and line.
 */
export async function readRecords(folder: RunFolder): Promise<RunRecords>;
export async function readRecords<Taken>(
  folder: RunFolder,
  take: (record: TrainingRecord) => Taken,
): Promise<RunRecords<Taken>>;
export async function readRecords(
  folder: RunFolder,
  take: (record: TrainingRecord) => unknown = whole,
): Promise<RunRecords<unknown>> {
  const counted = (await indexRecords(folder, take)).values();
  return {
    records: counted.map(({ taken }) => taken),
    hash: contentHash(counted.map(({ hash }) => hash).sort()),
  };
}

/** All of a record. */
export const whole = (record: TrainingRecord): TrainingRecord => record;

/** The records of all writers. */
export async function indexRecords<Taken>(
  folder: RunFolder,
  take: (record: TrainingRecord) => Taken,
): Promise<RecordIndex<Taken>> {
  const index = new RecordIndex(take);
  for (const file of await recordFiles(folder)) index.merge(await indexFile(file, take));
  return index;
}

async function indexFile<Taken>(file: string, take: (record: TrainingRecord) => Taken): Promise<RecordIndex<Taken>> {
  const index = new RecordIndex(take);
  try {
    for await (const lines of readLines(file)) {
      for (const { number, bytes, whole } of lines) {
        if (whole) index.add(parseRecordLine(bytes, { file, line: number }));
      }
    }
  } catch (error) {
    throw cannotRead(file, error, 'a file of records');
  }
  return index;
}

/** The files of records of a run, by name. */
export async function recordFiles({ records }: RunFolder): Promise<string[]> {
  const names = await namesIn(records);
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(records, name));
}
