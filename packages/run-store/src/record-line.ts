import { hash as hashOnce } from 'node:crypto';
import { parseConfig } from '@netspace/config-file';
import { InvalidInputError, type TrainingRecord } from '@netspace/contracts';
import { z } from 'zod';
import { trainingRecordSchema } from './schemas/record.js';

/** A record and what identifies it: the SHA-256 of its JSON text in the line. */
export interface HashedRecord {
  readonly record: TrainingRecord;
  readonly hash: string;
}

/** Where a line stands, for messages. */
export interface LinePlace {
  readonly file: string;
  readonly line: number;
}

/** Of the form of a line: raised where the form changes. */
const version = 1;

const lineSchema = z.strictObject({
  schema: z.literal('netspace/record'),
  version: z.literal(version),
  hash: z.string(),
  record: trainingRecordSchema,
});

/**
 * `{"schema":"netspace/record","version":1,"hash":"…","record":{…}}`, and what it reads back as.
 *
 * @throws TypeError where it would not read back, as with a number that is not finite.
 */
export function formatRecordLine(record: TrainingRecord): HashedRecord & { readonly line: string } {
  const text = JSON.stringify(record);
  const result = trainingRecordSchema.safeParse(JSON.parse(text));
  if (!result.success) throw new TypeError(`no record: ${z.prettifyError(result.error)}`);
  const hash = hashOf(text);
  return { line: `${beginning(hash)}${text}}`, hash, record: result.data };
}

/**
 * Reads a line, without its end.
 *
 * @throws InvalidInputError where the line is no record, of another version, or edited: file, line and key.
 */
export function parseRecordLine(bytes: Buffer, place: LinePlace): HashedRecord {
  return asWritten(bytes) ?? checked(bytes.toString(), place);
}

/** A line as {@link formatRecordLine} wrote it, which checked the record; undefined where it is another. */
function asWritten(bytes: Buffer): HashedRecord | undefined {
  const recordText = bytes.subarray(recordStart, -1);
  const hash = hashOf(recordText);
  if (bytes.toString('latin1', 0, recordStart) !== beginning(hash) || bytes.at(-1) !== brace) return undefined;
  return { hash, record: JSON.parse(recordText.toString()) as TrainingRecord };
}

const brace = '}'.charCodeAt(0);

/** A line up to its record. */
const beginning = (hash: string): string =>
  `{"schema":"netspace/record","version":${version},"hash":"${hash}","record":`;

const recordStart = beginning('0'.repeat(64)).length;

function checked(text: string, place: LinePlace): HashedRecord {
  const value = parseJson(text, place);
  checkVersion(value, place);
  const { hash, record } = checkSchema(value, text, place);
  const recordText = text.slice(text.indexOf('"record":') + '"record":'.length, -1);
  if (hash !== hashOf(recordText)) throw unusable(place, 'was edited after it was written: its hash does not match');
  return { hash, record };
}

function parseJson(text: string, place: LinePlace): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unusable(place, `is no JSON: ${(error as Error).message}`);
  }
}

/** A record of a newer netspace is whole: nothing is to be trained again. */
function checkVersion(value: unknown, place: LinePlace): void {
  const { version: own } = (value ?? {}) as { readonly version?: unknown };
  if (typeof own !== 'number' || own <= version) return;
  const problem = `was written by a newer netspace: version ${own} of netspace/record, this one reads version ${version}`;
  throw new InvalidInputError({ ...place, problem, expected: 'the netspace that wrote it, or a newer one' });
}

function checkSchema(value: unknown, text: string, place: LinePlace): HashedRecord {
  const result = lineSchema.safeParse(value);
  if (result.success) return result.data;
  try {
    // Slower, but it knows the key.
    return parseConfig(text, place.file, lineSchema);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const { key = '', problem, expected = 'a record' } = error.input;
    throw unusable(place, `${key === '' ? '' : `${key}: `}${problem} instead of ${expected}`);
  }
}

function hashOf(recordText: string | Buffer): string {
  return hashOnce('sha256', recordText);
}

function unusable(place: LinePlace, problem: string): InvalidInputError {
  const expected =
    'a record as netspace wrote it; without the line, `netspace study train --resume` trains that network again';
  return new InvalidInputError({ ...place, problem, expected });
}
