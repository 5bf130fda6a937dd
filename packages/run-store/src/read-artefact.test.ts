import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '@netspace/content-hash';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { refusal } from './fixtures/refusal.js';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { formatArtefact } from './artefact.js';
import { type ArtefactKind, readArtefact, readMadeFrom, readTextMadeFrom, writeArtefact } from './index.js';
import { parseArtefact } from './read-artefact.js';

const kind: ArtefactKind<{ depths: number[] }> = {
  schema: 'netspace/depths',
  version: 2,
  command: 'netspace study depths',
  content: z.strictObject({ depths: z.array(z.int()) }),
};
const made = { seed: 1, regime: { flops: { low: 600000, high: 1000000 } }, spaces: ['A', 'B'], hash: 'f'.repeat(64) };
const content = { depths: [3, 5] };

const folder = temporaryFolder();
const file = (): string => join(folder(), 'depths.json');

/** Writes the artefact with some of its text changed. */
async function writeChanged(from: string, to: string): Promise<void> {
  await writeArtefact(file(), kind, { made, content });
  const text = readFileSync(file(), 'utf8');
  expect(text).toContain(from);
  writeFileSync(file(), text.replace(from, to));
}

describe('writeArtefact(file, kind, { made, content })', () => {
  test('writes indented JSON that says what it is, what it was made from, and its hash', async () => {
    const hash = await writeArtefact(file(), kind, { made, content });
    const text = readFileSync(file(), 'utf8');
    const value = JSON.parse(text) as Record<string, unknown>;
    expect(text).toBe(`${JSON.stringify(value, null, 2)}\n`);
    expect(value).toEqual({
      sha256: expect.any(String),
      ...{ schema: 'netspace/depths', version: 2, hash, made, content },
    });
    expect(hash).toBe(contentHash({ schema: 'netspace/depths', version: 2, made, content }));
  });

  test('its first line is the SHA-256 of all behind it, as sha256sum has it', async () => {
    await writeArtefact(file(), kind, { made, content });
    const [brace, line, ...others] = readFileSync(file(), 'utf8').split('\n');
    const sha256 = createHash('sha256')
      .update(`\n${others.join('\n')}`)
      .digest('hex');
    expect([brace, line]).toEqual(['{', `  "sha256": "${sha256}",`]);
  });

  test('what is against its schema is refused and not written', async () => {
    await expect(writeArtefact(file(), kind, { made, content: { depths: [0.5] } })).rejects.toThrow(
      /no netspace\/depths: .*expected int/,
    );
    expect(existsSync(file())).toBe(false);
  });

  test('what JSON would lose is refused and not written', async () => {
    await expect(writeArtefact(file(), kind, { made, content: { depths: [NaN] } })).rejects.toThrow(TypeError);
    await expect(readArtefact(file(), kind)).rejects.toThrow('there is no such file');
  });
});

describe('readArtefact(file, kind)', () => {
  test('reads back what was written', async () => {
    const hash = await writeArtefact(file(), kind, { made, content });
    expect(await readArtefact(file(), kind)).toEqual({ made, content, hash });
  });

  test('of one that may be large and is as it was written, the schema is not asked again', async () => {
    const later = { ...kind, content: z.strictObject({ depths: z.array(z.int().max(4)) }) as typeof kind.content };
    await writeArtefact(file(), kind, { made, content });
    expect((await readArtefact(file(), { ...later, isLarge: true })).content).toEqual(content);
    expect(await refusal(readArtefact(file(), later))).toContain('content.depths[1]: got 5');
    writeFileSync(file(), `${readFileSync(file(), 'utf8')}\n`);
    expect(await refusal(readArtefact(file(), { ...later, isLarge: true }))).toContain('content.depths[1]: got 5');
  });

  test('a missing file is told with the command that writes it', async () => {
    expect(await refusal(readArtefact(file(), kind))).toBe(
      `${file()}: there is no such file (valid: what \`netspace study depths\` writes)`,
    );
  });

  test('a folder in its place is told', async () => {
    mkdirSync(file());
    expect(await refusal(readArtefact(file(), kind))).toContain('depths.json: cannot be read: EISDIR');
  });

  test.each([
    ['', 'is no JSON: Unexpected end of JSON input'],
    ['{"schema"', 'is no JSON: '],
    ['[]', 'is no netspace/depths'],
    ['null', 'is no netspace/depths'],
    ['{"schema": "netspace/fits"}', 'is no netspace/depths, but "netspace/fits"'],
    [
      '{"schema": "netspace/depths", "version": 3}',
      'was written by a newer netspace: version 3 of netspace/depths, this one reads version 2',
    ],
    [
      '{"schema": "netspace/depths", "version": 1}',
      'was written by an earlier netspace: version 1 of netspace/depths, this one reads version 2',
    ],
  ])('the text %j is refused with the command that writes it anew', async (text, problem) => {
    writeFileSync(file(), text);
    const message = await refusal(readArtefact(file(), kind));
    expect(message).toContain(`depths.json: ${problem}`);
    expect(message).toMatch(/`netspace study depths` writes it anew\)$/);
  });

  test('a file without a version is told', async () => {
    writeFileSync(file(), '{"schema": "netspace/depths"}');
    expect(await refusal(readArtefact(file(), kind))).toContain('depths.json:1: version: missing');
  });

  test('what is against the schema is told with line, key, value and what would be valid', async () => {
    await writeChanged('      5', '      5.5');
    expect(await refusal(readArtefact(file(), kind))).toBe(
      `${file()}:${lineOf('5.5')}: content.depths[1]: got 5.5 (valid: an integer; \`netspace study depths\` writes it anew)`,
    );
    await writeChanged('"depths": [', '"deep": [');
    expect(await refusal(readArtefact(file(), kind))).toContain('content.deep: unknown key (valid: depths;');
  });

  test('an edit anywhere is told', async () => {
    for (const [from, to] of [
      ['      5', '      6'],
      ['"seed": 1', '"seed": 2'],
      ['600000', '600001'],
      ['"hash": "', '"hash": "0'],
    ] as const) {
      await writeChanged(from, to);
      expect(await refusal(readArtefact(file(), kind))).toBe(
        `${file()}: was edited after it was written: its hash does not match (valid: \`netspace study depths\` writes it anew)`,
      );
    }
  });

  test('one of an earlier netspace, which had no SHA-256 of its text, is read', async () => {
    const hash = await writeArtefact(file(), kind, { made, content });
    writeFileSync(file(), readFileSync(file(), 'utf8').replace(/ {2}"sha256": .*\n/, ''));
    expect(await readArtefact(file(), kind)).toEqual({ made, content, hash });
  });

  test('another order of keys or other spaces are no edit', async () => {
    const hash = await writeArtefact(file(), kind, { made, content });
    const value = JSON.parse(readFileSync(file(), 'utf8')) as Record<string, unknown>;
    writeFileSync(file(), JSON.stringify(Object.fromEntries(Object.entries(value).reverse())));
    expect(await readArtefact(file(), kind)).toEqual({ made, content, hash });
  });
});

test('parseArtefact(formatArtefact(artefact)) is the artefact, whatever it holds', () => {
  const anyKind = { ...kind, content: z.json() };
  const json = fc
    .jsonValue({ noUnicodeString: false })
    .map((value) => JSON.parse(JSON.stringify(value)) as z.core.util.JSONType)
    // Zod leaves this key out of what it reads, as it should; no kind of artefact has it.
    .filter((value) => !JSON.stringify(value).includes('"__proto__"'));
  fc.assert(
    fc.property(json, json, (input, anything) => {
      const { text, hash } = formatArtefact(anyKind, { made: { input }, content: anything });
      expect(parseArtefact(Buffer.from(text), 'a.json', anyKind)).toEqual({ made: { input }, content: anything, hash });
    }),
  );
});

describe('readTextMadeFrom(file, kind, made)', () => {
  const large = { ...kind, isLarge: true } as const;

  test('is the content of readMadeFrom as JSON, whether the file is as it was written or not', async () => {
    const hash = await writeArtefact(file(), large, { made, content });
    for (const text of [readFileSync(file(), 'utf8'), JSON.stringify(JSON.parse(readFileSync(file(), 'utf8')))]) {
      writeFileSync(file(), text);
      const read = await readTextMadeFrom(file(), large, made);
      expect([JSON.parse(read.content), read.hash]).toEqual([content, hash]);
    }
  });

  test('is refused where readMadeFrom is, with the same words', async () => {
    await writeArtefact(file(), large, { made, content });
    const other = { ...made, seed: 2 };
    expect(await refusal(readTextMadeFrom(file(), large, other))).toBe(
      await refusal(readMadeFrom(file(), large, other)),
    );
    const newer = { ...large, version: 3 };
    expect(await refusal(readTextMadeFrom(file(), newer, made))).toBe(await refusal(readMadeFrom(file(), newer, made)));
    await writeChanged('      5', '      6');
    expect(await refusal(readTextMadeFrom(file(), large, made))).toContain('was edited after it was written');
  });
});

describe('readMadeFrom(file, kind, made)', () => {
  test('reads what was made from the same, whatever the order of its keys', async () => {
    const hash = await writeArtefact(file(), kind, { made, content });
    const same = Object.fromEntries(Object.entries({ ...made, left: undefined }).reverse());
    expect(await readMadeFrom(file(), kind, same)).toEqual({ made, content, hash });
  });

  test('names what differs with both values, and the command that writes it anew', async () => {
    await writeArtefact(file(), kind, { made, content });
    const now = { ...made, regime: { flops: { low: 1000000, high: 1000000 } } };
    expect(await refusal(readMadeFrom(file(), kind, now))).toBe(
      `${file()}: was made from something else: regime.flops.low: 600000 then, 1000000 now (valid: \`netspace study depths\` writes it anew)`,
    );
  });

  test('names the first four of many differences and counts the others', async () => {
    await writeArtefact(file(), kind, { made, content });
    const now = { seed: 2, regime: {}, spaces: ['A'], hash: '0'.repeat(64), block: 'y' };
    expect(await refusal(readMadeFrom(file(), kind, now))).toContain(
      'seed: 1 then, 2 now; regime.flops.low: 600000 then, absent now; regime.flops.high: 1000000 then, absent now; spaces[1]: "B" then, absent now; and 3 more',
    );
  });
});

function lineOf(part: string): number {
  const before = readFileSync(file(), 'utf8').split(part)[0]!;
  return before.split('\n').length;
}
