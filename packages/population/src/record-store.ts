import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { InvalidInputError, type TrainingRecord } from '@netspace/contracts';
import { lockFile } from './lock-file.js';

/** What makes a record one network's result: its space, its network and what it was trained with. */
export type RecordKey = Pick<TrainingRecord, 'space' | 'recipeHash'> & { readonly network: { readonly id: string } };

/** The results of a run, on disk. */
export interface RecordStore {
  /** The file. */
  readonly file: string;
  /** Where the torn last line of a crash was moved to, if there was one. */
  readonly tornLineFile?: string;
  /** All records, the newest of each key, in the order of their first appearance. */
  records(): TrainingRecord[];
  /** The newest record of a key. */
  find(key: RecordKey): TrainingRecord | undefined;
  /** Appends a record; it is on the disk when this returns. */
  append(record: TrainingRecord): void;
  /** Lets others open the file. */
  close(): void;
}

/**
 * Opens a file of records, a JSON line each, for reading and appending; creates it where there is none.
 *
 * Each line is written whole and flushed to the disk. A last line without its end, the trace of a crash, is moved to
 * `<file>.torn`. One process at a time may have the file open.
 *
 * @throws InvalidInputError where another process has it open, or a line is no record: file and line.
 */
export function openRecordStore(file: string): RecordStore {
  mkdirSync(dirname(file), { recursive: true });
  const unlock = lockFile(`${file}.lock`);
  try {
    return openLocked(file, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Reads the records of a file that may be in use by another process: the newest of each key; a torn last line is left out.
 *
 * @throws InvalidInputError where a line is no record: file and line.
 */
export function readRecords(file: string): TrainingRecord[] {
  const { complete } = split(existsSync(file) ? readFileSync(file, 'utf8') : '');
  return [...parseRecords(complete, file).values()];
}

function openLocked(file: string, unlock: () => void): RecordStore {
  const { complete, torn } = split(existsSync(file) ? readFileSync(file, 'utf8') : '');
  const byKey = parseRecords(complete, file);
  const tornLineFile = `${file}.torn`;
  if (torn !== '') writeFileSync(tornLineFile, `${torn}\n`, { flag: 'a' });
  const descriptor = openSync(file, 'a');
  if (torn !== '') ftruncateSync(descriptor, Buffer.byteLength(complete));
  return {
    file,
    ...(torn === '' ? {} : { tornLineFile }),
    records: () => [...byKey.values()],
    find: (key) => byKey.get(keyOf(key)),
    append(record) {
      appendLine(descriptor, JSON.stringify(record));
      byKey.set(keyOf(record), record);
    },
    close() {
      closeSync(descriptor);
      unlock();
    },
  };
}

/** Writes a line and flushes it. A line that cannot be written whole is taken back, so that the next one starts clean. */
function appendLine(descriptor: number, line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    fsyncSync(descriptor);
  } catch (error) {
    if (written > 0) ftruncateSync(descriptor, fstatSync(descriptor).size - written);
    throw error;
  }
}

function split(text: string): { complete: string; torn: string } {
  const end = text.lastIndexOf('\n') + 1;
  return { complete: text.slice(0, end), torn: text.slice(end) };
}

function parseRecords(text: string, file: string): Map<string, TrainingRecord> {
  const byKey = new Map<string, TrainingRecord>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const record = parseRecord(line, file, index + 1);
    byKey.set(keyOf(record), record);
  }
  return byKey;
}

function parseRecord(line: string, file: string, lineNumber: number): TrainingRecord {
  const invalid = (problem: string): InvalidInputError =>
    new InvalidInputError({ file, line: lineNumber, problem, expected: 'a training record as JSON' });
  let record: Partial<TrainingRecord>;
  try {
    record = JSON.parse(line) as Partial<TrainingRecord>;
  } catch (error) {
    throw invalid(`is no JSON: ${(error as Error).message}`);
  }
  for (const key of ['space', 'network', 'recipeHash', 'status'] as const) {
    if (record[key] === undefined) throw invalid(`has no ${key}`);
  }
  return record as TrainingRecord;
}

function keyOf({ space, network, recipeHash }: RecordKey): string {
  return JSON.stringify([space, network.id, recipeHash]);
}
