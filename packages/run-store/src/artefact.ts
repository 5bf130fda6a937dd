import { hash as hashOnce } from 'node:crypto';
import { canonicalJson, contentHash } from '@netspace/content-hash';
import { z } from 'zod';
import { writeFileWhole } from './write-file-whole.js';

/** A kind of file that a step of the pipeline writes and others read. */
export interface ArtefactKind<Content> {
  /** Its name in the file: `netspace/population`. */
  readonly schema: string;
  /** Of the form of its content, from 1: raised where the form changes. */
  readonly version: number;
  /** The command that writes it, for messages: `netspace study sample`. */
  readonly command: string;
  /** What its content must be; checked on writing and on reading. */
  readonly content: z.ZodType<Content>;
  /**
   * Set where content may be large, as of thousands of networks, so that checking takes long: of a file as it was written it
   * is not checked again on reading. The schema must have no defaults then, which would not be put in.
   */
  readonly isLarge?: true;
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
 * @throws InvalidInputError where it cannot be written. TypeError where it is not plain JSON, or not of its kind.
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

/** @throws TypeError where it is not plain JSON, or not of its kind. */
export function formatArtefact<Content>(
  kind: ArtefactKind<Content>,
  { made, content }: Pick<Artefact<Content>, 'made' | 'content'>,
): { readonly text: string; readonly hash: string } {
  const { schema, version } = kind;
  const hash = hashOf({ schema, version, made, content });
  const json = JSON.stringify({ schema, version, hash, made, content }, null, 2);
  const result = kind.content.safeParse((JSON.parse(json) as Artefact<Content>).content);
  if (!result.success) throw new TypeError(`no ${schema}: ${z.prettifyError(result.error)}`);
  const sealed = `${json.slice(json.indexOf('\n'))}\n`;
  return { text: `${seal(hashOnce('sha256', sealed))}${sealed}`, hash };
}

/**
 * The beginning of an artefact's text: the SHA-256 of all behind it. It tells in a fraction of the time that a text is as it
 * was written; the hash of what it holds is the same however the text is laid out.
 */
const seal = (sha256: string): string => `{\n  "sha256": "${sha256}",`;

/** The length of the {@link seal}. */
const sealLength = seal('0'.repeat(64)).length;

/** Whether the text of an artefact is as it was written. */
export function isSealed(text: Buffer): boolean {
  return text.toString('latin1', 0, sealLength) === seal(hashOnce('sha256', text.subarray(sealLength)));
}

/** Where the content begins, the last of an artefact's keys: no other line is indented as little. */
const contentKey = '\n  "content": ';

/** The text of an artefact as it was written, in two: JSON of all but its content, and of that. */
export function splitText(text: string): { readonly head: string; readonly content: string } {
  const end = text.indexOf(`,${contentKey}`);
  return { head: `${text.slice(0, end)}}`, content: text.slice(end + 1 + contentKey.length, -'\n}\n'.length) };
}

/** The hash of an artefact: of all it holds besides. */
export function hashOf({ schema, version, made, content }: Readonly<Record<string, unknown>>): string {
  return contentHash({ schema, version, made, content });
}

/** The value as it reads back from JSON. */
export function asRead(made: MadeFrom): MadeFrom {
  return JSON.parse(canonicalJson(made)) as MadeFrom;
}
