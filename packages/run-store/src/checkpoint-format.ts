import { createHash } from 'node:crypto';
import { changesBetween, describeChanges } from '@netspace/content-hash';
import { type Checkpoint, InvalidInputError, type TrainingState } from '@netspace/contracts';
import { z } from 'zod';
import { epochRecordSchema } from './schemas/record.js';

/** What a checkpoint is of: only the same goes on to the same bits. */
export interface CheckpointOrigin {
  /** Its id. */
  readonly network: string;
  /** Their hash: engine, numerics and precision are in them. */
  readonly conditions: string;
  readonly replicate: number;
  readonly seed: number;
  readonly instructionSet: string | null;
}

/** Of the form of the file: raised where the form changes. */
const version = 1;

/** Name, type and length of arrays as they follow each other. */
const arraysSchema = z.array(z.tuple([z.string(), z.enum(['float32', 'float64']), z.int().min(0)]));

const contentSchema = z.strictObject({
  origin: z.strictObject({
    network: z.string(),
    conditions: z.string(),
    replicate: z.int(),
    seed: z.int(),
    instructionSet: z.string().nullable(),
  }),
  epochs: z.array(epochRecordSchema),
  step: z.int().min(0),
  metrics: z.strictObject({
    images: z.number(),
    lossSum: z.number(),
    top1Errors: z.number(),
    top5Errors: z.number(),
  }),
  images: z.int(),
  seconds: z.strictObject({ training: z.number(), epoch: z.number(), steps: z.number() }),
  network: arraysSchema,
  average: arraysSchema.optional(),
});

/**
 * A checkpoint as bytes: a line with the SHA-256 of all that follows, a line of JSON, and the arrays one behind the other as
 * they lie in memory.
 *
 * @returns The parts, to be written one behind the other; they share the memory of the arrays.
 */
export function formatCheckpoint(origin: CheckpointOrigin, checkpoint: Checkpoint): Uint8Array[] {
  const { network, average, ...rest } = checkpoint;
  const tables = { network: tableOf(network), ...(average === undefined ? {} : { average: tableOf(average) }) };
  const content = Buffer.from(`${JSON.stringify({ origin, ...rest, ...tables })}\n`);
  const parts = [content, ...bytesOf(network), ...bytesOf(average ?? new Map())];
  return [Buffer.from(`${firstLine(hashOf(parts))}\n`), ...parts];
}

/**
 * What the bytes of a file hold.
 *
 * @throws InvalidInputError where they are torn or altered, of another version, or of something else than `origin`: its
 * problem says which.
 */
export function parseCheckpoint(bytes: Buffer, origin: CheckpointOrigin): Checkpoint {
  const rest = checkedRest(bytes);
  const end = rest.indexOf('\n');
  const parsed = contentSchema.safeParse(JSON.parse(rest.toString('utf8', 0, end)));
  if (!parsed.success) throw unusable(`is no checkpoint: ${z.prettifyError(parsed.error)}`);
  const { origin: written, network, average, ...values } = parsed.data;
  const changes = changesBetween(written, origin);
  if (changes.length > 0) throw unusable(`is of something else: ${describeChanges(changes)}`);
  if (rest.length !== end + 1 + sizeOf([...network, ...(average ?? [])])) {
    throw unusable('is no checkpoint: its arrays are not as long as it says');
  }
  const arrays = new ArrayReader(rest, end + 1);
  return {
    ...values,
    network: arrays.read(network),
    ...(average === undefined ? {} : { average: arrays.read(average) as Map<string, Float32Array> }),
  };
}

const firstLine = (hash: string): string => `{"schema":"netspace/checkpoint","version":${version},"hash":"${hash}"}`;

/** What follows the first line, which knows it. */
function checkedRest(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\n');
  const line = bytes.toString('latin1', 0, Math.max(0, end));
  const [, writtenVersion, hash] =
    /^\{"schema":"netspace\/checkpoint","version":(\d+),"hash":"(\w+)"\}$/.exec(line) ?? [];
  if (hash === undefined) throw unusable('is no checkpoint');
  if (writtenVersion !== String(version)) {
    throw unusable(`was written by another netspace: version ${writtenVersion}, this one reads version ${version}`);
  }
  const rest = bytes.subarray(end + 1);
  if (hash !== hashOf([rest])) throw unusable('is torn or was altered: its hash does not match');
  return rest;
}

type Table = z.infer<typeof arraysSchema>;

function tableOf(arrays: TrainingState): Table {
  return [...arrays].map(([name, values]) => [
    name,
    values instanceof Float32Array ? 'float32' : 'float64',
    values.length,
  ]);
}

/** Bytes of arrays. */
function sizeOf(table: Table): number {
  return table.reduce((sum, [, type, length]) => sum + length * (type === 'float32' ? 4 : 8), 0);
}

function bytesOf(arrays: TrainingState): Uint8Array[] {
  return [...arrays.values()].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
}

function hashOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Takes arrays from bytes, one behind the other. */
class ArrayReader {
  constructor(
    private readonly bytes: Buffer,
    private position: number,
  ) {}

  read(table: Table): Map<string, Float32Array | Float64Array> {
    return new Map(
      table.map(([name, type, length]) => {
        const values = type === 'float32' ? new Float32Array(length) : new Float64Array(length);
        const target = new Uint8Array(values.buffer);
        target.set(this.bytes.subarray(this.position, (this.position += target.length)));
        return [name, values];
      }),
    );
  }
}

const unusable = (problem: string): InvalidInputError => new InvalidInputError({ problem });
