import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
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
  /**
   * Appends a record; it is on the disk when this returns.
   *
   * @throws InvalidInputError where it cannot be written, as on a full disk; what was there before is unharmed.
   */
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
  return [...parseRecords(readLines(file).complete, file).values()];
}

function openLocked(file: string, unlock: () => void): RecordStore {
  const { complete, torn } = readLines(file);
  const byKey = parseRecords(complete, file);
  const tornLineFile = `${file}.torn`;
  if (torn.length > 0) {
    appendFileSync(tornLineFile, Buffer.concat([torn, Buffer.from('\n')]), { flush: true });
    truncateSync(file, complete.length);
  }
  const descriptor = openSync(file, 'a');
  return {
    file,
    ...(torn.length > 0 ? { tornLineFile } : {}),
    records: () => [...byKey.values()],
    find: (key) => byKey.get(keyOf(key)),
    append(record) {
      appendLine(descriptor, file, JSON.stringify(record));
      byKey.set(keyOf(record), record);
    },
    close() {
      closeSync(descriptor);
      unlock();
    },
  };
}

/** Writes a line and flushes it. A line that cannot be written whole is taken back, so that the next one starts clean. */
function appendLine(descriptor: number, file: string, line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  const { size } = fstatSync(descriptor);
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
    fsyncSync(descriptor);
  } catch (error) {
    ftruncateSync(descriptor, size);
    const problem = `a record cannot be written: ${(error as Error).message}`;
    const expected = 'room for it; the records before it are kept';
    throw new InvalidInputError({ file, problem, expected }, { cause: error });
  }
}

/** The whole lines of a file, and what stands behind the last of them. */
function readLines(file: string): { complete: Buffer; torn: Buffer } {
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const end = bytes.lastIndexOf('\n') + 1;
  return { complete: bytes.subarray(0, end), torn: bytes.subarray(end) };
}

function parseRecords(lines: Buffer, file: string): Map<string, TrainingRecord> {
  const byKey = new Map<string, TrainingRecord>();
  for (const [index, line] of lines.toString().split('\n').entries()) {
    if (line === '') continue;
    const record = parseRecord(line, file, index + 1);
    byKey.set(keyOf(record), record);
  }
  return byKey;
}

function parseRecord(line: string, file: string, lineNumber: number): TrainingRecord {
  const invalid = (problem: string): InvalidInputError =>
    new InvalidInputError({ file, line: lineNumber, problem, expected: 'a training record as JSON' });
  let record: Partial<TrainingRecord> | null;
  try {
    record = JSON.parse(line) as Partial<TrainingRecord> | null;
  } catch (error) {
    throw invalid(`is no JSON: ${(error as Error).message}`);
  }
  for (const key of ['space', 'network', 'recipeHash', 'status'] as const) {
    if (record?.[key] === undefined) throw invalid(`has no ${key}`);
  }
  return record as TrainingRecord;
}

function keyOf({ space, network, recipeHash }: RecordKey): string {
  return JSON.stringify([space, network.id, recipeHash]);
}
