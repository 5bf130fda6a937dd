import { readFile } from 'node:fs/promises';
import { parseConfig } from '@netspace/config-file';
import { changesBetween, describeChanges } from '@netspace/content-hash';
import { type InvalidInput, InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import { type Artefact, type ArtefactKind, asRead, hashOf, isSealed, type MadeFrom, splitText } from './artefact.js';
import { cannotRead } from './cannot-read.js';

/**
 * Reads an artefact and checks it.
 *
 * @throws InvalidInputError where there is none, or it is no JSON, of another kind or version, against its schema, or
 * edited since it was written: what is wrong, and the command that writes it anew.
 */
export async function readArtefact<Content>(file: string, kind: ArtefactKind<Content>): Promise<Artefact<Content>> {
  return parseArtefact(await readBytes(file, kind), file, kind);
}

/** @throws InvalidInputError as {@link readArtefact}. */
export function parseArtefact<Content>(bytes: Buffer, file: string, kind: ArtefactKind<Content>): Artefact<Content> {
  const text = bytes.toString();
  const value = parseJson(text, file, kind);
  checkKind(value, file, kind);
  const isAsWritten = isSealed(bytes);
  const { made, content, hash } =
    isAsWritten && kind.isLarge ? (value as unknown as Artefact<Content>) : checkSchema(value, text, file, kind);
  if (!isAsWritten && hash !== hashOf(value)) {
    throw unusable(file, kind, 'was edited after it was written: its hash does not match');
  }
  return { made, content, hash };
}

/**
 * Reads an artefact and checks that it was made from what it would be made from now.
 *
 * @throws InvalidInputError as {@link readArtefact}, and where it was made from something else: each difference with both values.
 */
export async function readMadeFrom<Content>(
  file: string,
  kind: ArtefactKind<Content>,
  made: MadeFrom,
): Promise<Artefact<Content>> {
  const artefact = await readArtefact(file, kind);
  checkMade(artefact, made, file, kind);
  return artefact;
}

/**
 * {@link readMadeFrom} for who hands the content on: as JSON, which is not parsed where the file is as it was written.
 *
 * @throws InvalidInputError as {@link readMadeFrom}.
 * @example
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readTextMadeFrom, writeArtefact } from '@netspace/run-store';
 * import { z } from 'zod';
 * const file = join(mkdtempSync(join(tmpdir(), 'run-')), 'depths.json');
 * const kind = { schema: 'lab/depths', version: 1, command: 'lab depths', content: z.array(z.int()) };
 * await writeArtefact(file, kind, { made: { seed: 1 }, content: [3, 5] });
 * (await readTextMadeFrom(file, kind, { seed: 1 })).content; // => '[3,5]'
 */
export async function readTextMadeFrom<Content>(
  file: string,
  kind: ArtefactKind<Content>,
  made: MadeFrom,
): Promise<{ readonly content: string; readonly hash: string }> {
  const bytes = await readBytes(file, kind);
  const sealed = kind.isLarge && isSealed(bytes) ? splitText(bytes.toString()) : undefined;
  if (sealed === undefined) {
    const { content, ...artefact } = parseArtefact(bytes, file, kind);
    checkMade(artefact, made, file, kind);
    return { content: JSON.stringify(content), hash: artefact.hash };
  }
  const head = parseJson(sealed.head, file, kind);
  checkKind(head, file, kind);
  checkMade(head as unknown as Artefact<Content>, made, file, kind);
  return { content: sealed.content, hash: head.hash as string };
}

function checkMade<Content>(
  artefact: Pick<Artefact<Content>, 'made'>,
  made: MadeFrom,
  file: string,
  kind: ArtefactKind<Content>,
): void {
  const changes = changesBetween(artefact.made, asRead(made));
  if (changes.length === 0) return;
  throw unusable(file, kind, `was made from something else: ${describeChanges(changes)}`);
}

async function readBytes<Content>(file: string, { command }: ArtefactKind<Content>): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const expected = `what \`${command}\` writes`;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw cannotRead(file, error, expected);
    throw new InvalidInputError({ file, problem: 'there is no such file', expected }, { cause: error });
  }
}

function parseJson<Content>(text: string, file: string, kind: ArtefactKind<Content>): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unusable(file, kind, `is no JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null) throw unusable(file, kind, `is no ${kind.schema}`);
  return value as Record<string, unknown>;
}

function checkKind<Content>(value: Record<string, unknown>, file: string, kind: ArtefactKind<Content>): void {
  const { schema, version } = value;
  if (schema !== kind.schema) {
    throw unusable(file, kind, `is no ${kind.schema}${schema === undefined ? '' : `, but ${JSON.stringify(schema)}`}`);
  }
  if (typeof version !== 'number' || version === kind.version) return;
  const writer = version > kind.version ? 'a newer' : 'an earlier';
  const problem = `was written by ${writer} netspace: version ${version} of ${kind.schema}`;
  throw unusable(file, kind, `${problem}, this one reads version ${kind.version}`);
}

function checkSchema<Content>(
  value: unknown,
  text: string,
  file: string,
  kind: ArtefactKind<Content>,
): Artefact<Content> {
  const schema = z.strictObject({
    sha256: z.string().exactOptional(),
    schema: z.string(),
    version: z.int(),
    hash: z.string(),
    made: z.record(z.string(), z.unknown()),
    content: kind.content,
  });
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  try {
    // Slower, but it knows the place in the file.
    return parseConfig<Artefact<Content>>(text, file, schema);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw unusable(file, kind, error.input.problem, error.input);
  }
}

function unusable<Content>(
  file: string,
  { command }: ArtefactKind<Content>,
  problem: string,
  { line, key, expected }: Partial<InvalidInput> = {},
): InvalidInputError {
  const renewal = `\`${command}\` writes it anew`;
  return new InvalidInputError({
    file,
    problem,
    expected: expected === undefined ? renewal : `${expected}; ${renewal}`,
    ...(line === undefined ? {} : { line }),
    ...(key === undefined ? {} : { key }),
  });
}
