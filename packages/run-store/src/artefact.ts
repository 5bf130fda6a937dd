import { canonicalJson, contentHash } from '@netspace/content-hash';
import type { z } from 'zod';
import { writeFileWhole } from './write-file-whole.js';

/** A kind of file that a step of the pipeline writes and others read. */
export interface ArtefactKind<Content> {
  /** Its name in the file: `netspace/population`. */
  readonly schema: string;
  /** Of the form of its content, from 1: raised where the form changes. */
  readonly version: number;
  /** The command that writes it, for messages: `netspace study sample`. */
  readonly command: string;
  /** What its content must be; checked on reading. */
  readonly content: z.ZodType<Content>;
}

/** What something was made from, as plain JSON: small inputs by value, big ones by their hash. */
export type MadeFrom = Readonly<Record<string, unknown>>;

/** What an artefact file holds. */
export interface Artefact<Content> {
  readonly made: MadeFrom;
  readonly content: Content;
  /** Of schema, version, what it was made from and content: what later artefacts name as their input. */
  readonly hash: string;
}

/**
 * Writes an artefact as indented JSON, whole or not at all.
 *
 * @returns Its hash.
 * @throws InvalidInputError where it cannot be written. TypeError where it is not plain JSON.
 * @example
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readArtefact, writeArtefact } from '@netspace/run-store';
 * import { z } from 'zod';
 * const file = join(mkdtempSync(join(tmpdir(), 'run-')), 'depths.json');
 * const kind = { schema: 'lab/depths', version: 1, command: 'lab depths', content: z.array(z.int()) };
 * await writeArtefact(file, kind, { made: { seed: 1 }, content: [3, 5] });
 * (await readArtefact(file, kind)).content; // => [3, 5]
 */
export async function writeArtefact<Content>(
  file: string,
  kind: ArtefactKind<Content>,
  artefact: Pick<Artefact<Content>, 'made' | 'content'>,
): Promise<string> {
  const { text, hash } = formatArtefact(kind, artefact);
  await writeFileWhole(file, text);
  return hash;
}

/** @throws TypeError where it is not plain JSON. */
export function formatArtefact<Content>(
  { schema, version }: ArtefactKind<Content>,
  { made, content }: Pick<Artefact<Content>, 'made' | 'content'>,
): { readonly text: string; readonly hash: string } {
  const hash = hashOf({ schema, version, made, content });
  return { text: `${JSON.stringify({ schema, version, hash, made, content }, null, 2)}\n`, hash };
}

/** The hash of an artefact: of all it holds besides. */
export function hashOf({ schema, version, made, content }: Readonly<Record<string, unknown>>): string {
  return contentHash({ schema, version, made, content });
}

/** The value as it reads back from JSON. */
export function asRead(made: MadeFrom): MadeFrom {
  return JSON.parse(canonicalJson(made)) as MadeFrom;
}
