import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fileNameOf } from './file-name-of.js';
import { namesIn } from './names-in.js';
import type { RunFolder } from './run-folder.js';
import { writeFileWhole } from './write-file-whole.js';

/** What a writer of a run that several processes train says of itself, anew every few seconds as long as it lives. */
export interface LifeSign {
  readonly writer: string;
  readonly host: string;
  readonly process: number;
  /** When it began, ISO 8601 in UTC. */
  readonly since: string;
  /** When it gave this sign, by its clock, ISO 8601 in UTC. */
  readonly date: string;
  /** Grows as long as it lives. */
  readonly beats: number;
  /** Whether it ended by itself: what it has not done, others may do. */
  readonly ended: boolean;
}

const lifeSignSchema = z.strictObject({
  writer: z.string(),
  host: z.string(),
  process: z.int(),
  since: z.string(),
  date: z.string(),
  beats: z.int(),
  ended: z.boolean(),
});

/** A writer that begins now. */
export function firstSign(writer: string): LifeSign {
  const since = new Date().toISOString();
  return { writer, host: hostname(), process: process.pid, since, date: since, beats: 0, ended: false };
}

/** @throws InvalidInputError where it cannot be written. */
export async function writeLifeSign({ writers }: RunFolder, sign: LifeSign): Promise<void> {
  await writeFileWhole(join(writers, `${fileNameOf(sign.writer)}.json`), `${JSON.stringify(sign)}\n`);
}

/**
 * What the writers of a run said last, in the order of their names. What is no sign of life, as after a power cut, is left
 * out.
 *
 * @throws InvalidInputError where the folder cannot be read.
 */
export async function readLifeSigns({ writers }: RunFolder): Promise<LifeSign[]> {
  const names = (await namesIn(writers)).filter((name) => name.endsWith('.json')).sort();
  const signs = await Promise.all(names.map((name) => readLifeSign(join(writers, name))));
  return signs.filter((sign) => sign !== undefined);
}

async function readLifeSign(file: string): Promise<LifeSign | undefined> {
  try {
    return lifeSignSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
