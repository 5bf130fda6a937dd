import { contentHash } from '@netspace/content-hash';
import { InvalidInputError, trainingIdentity, type TrainingRecord } from '@netspace/contracts';
import { readLines } from './read-lines.js';
import { recordFiles } from './read-records.js';
import { parseRecordLine } from './record-line.js';
import type { RunFolder } from './run-folder.js';

/** What a file of records holds. */
export interface CheckedFile {
  readonly file: string;
  /** Records in it, those that do not count included. */
  readonly records: number;
  /** Lines that are no records, from 1, and why. */
  readonly damaged: readonly { readonly line: number; readonly problem: string }[];
  /** Whether its last line has no end: it is being written, or its writer was lost as it wrote. */
  readonly isTorn: boolean;
}

/** A training with more than one result. */
export interface RepeatedTraining {
  readonly records: readonly TrainingRecord[];
  /** Whether all of them came to the same. */
  readonly areSame: boolean;
}

/** The records of a run, line by line. */
export interface RecordsCheck {
  readonly files: readonly CheckedFile[];
  readonly repeated: readonly RepeatedTraining[];
}

/**
 * Checks every line of the records of a run, and goes on where one is damaged.
 *
 * @throws InvalidInputError where a file cannot be read.
 * @example
 * import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { checkRecords, RunFolder } from '@netspace/run-store';
 * const folder = new RunFolder(mkdtempSync(join(tmpdir(), 'run-')));
 * mkdirSync(folder.records);
 * writeFileSync(join(folder.records, 'local.jsonl'), 'no record\n');
 * (await checkRecords(folder)).files.map(({ damaged }) => damaged.length); // => [1]
 */
export async function checkRecords(folder: RunFolder): Promise<RecordsCheck> {
  const results = new Map<string, TrainingRecord[]>();
  const files: CheckedFile[] = [];
  for (const file of await recordFiles(folder)) {
    const { records, ...checked } = await checkFile(file);
    files.push({ ...checked, records: records.length });
    for (const record of records.filter(({ status }) => status !== 'failed')) {
      const identity = trainingIdentity(record);
      results.set(identity, [...(results.get(identity) ?? []), record]);
    }
  }
  const repeated = [...results.values()].filter(({ length }) => length > 1);
  return {
    files,
    repeated: repeated.map((records) => ({ records, areSame: new Set(records.map(resultHash)).size === 1 })),
  };
}

type ReadFile = Omit<CheckedFile, 'records'> & { readonly records: readonly TrainingRecord[] };

async function checkFile(file: string): Promise<ReadFile> {
  const records: TrainingRecord[] = [];
  const damaged: { line: number; problem: string }[] = [];
  let isTorn = false;
  for await (const lines of readLines(file)) {
    for (const { number, bytes, whole } of lines) {
      if (!whole) {
        isTorn = true;
        continue;
      }
      try {
        records.push(parseRecordLine(bytes, { file, line: number }).record);
      } catch (error) {
        if (!(error instanceof InvalidInputError)) throw error;
        damaged.push({ line: number, problem: error.input.problem });
      }
    }
  }
  return { file, records, damaged, isTorn };
}

/** Of what the training came to: not of when, how fast and by whom it was made. */
function resultHash(record: TrainingRecord): string {
  if (record.status === 'failed') return contentHash({ message: record.message });
  const { status, error, top5Error, validationError, epochs } = record;
  const told = epochs.map((epoch) => ({ ...epoch, seconds: 0 }));
  return contentHash({ status, error, top5Error, validationError, epochs: told });
}
