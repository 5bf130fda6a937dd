import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingRecord } from '@netspace/contracts';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { completed, diverged, failed } from './conformance/sample-records.js';
import { refusal } from './fixtures/refusal.js';
import { runIn } from './fixtures/run-in.js';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { write } from './fixtures/write-records.js';
import { openRunFolder, readRecords, RunFolder } from './index.js';

const folder = temporaryFolder();
const file = ({ records }: RunFolder): string => join(records, 'local.jsonl');

/** The record as of a day of January 2026. */
function on<Record extends TrainingRecord>(day: number, record: Record): Record {
  const date = `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`;
  return { ...record, provenance: { ...record.provenance, date } };
}

describe('readRecords(folder)', () => {
  test('a run without records has none', async () => {
    expect((await readRecords(new RunFolder(join(folder(), 'none')))).records).toEqual([]);
  });

  test('a file where the folder of records should be, or a folder where a file should be, is told', async () => {
    const run = await runIn(folder());
    writeFileSync(run.records, '');
    expect(await refusal(readRecords(run))).toMatch(/records: cannot be read: ENOTDIR.*\(valid: a folder\)/);
    rmSync(run.records);
    mkdirSync(file(run), { recursive: true });
    expect(await refusal(readRecords(run))).toMatch(
      /local\.jsonl: cannot be read: EISDIR.*\(valid: a file of records\)/,
    );
  });

  test.each([
    ['first', 'second'],
    ['second', 'first'],
  ])(
    'of several writers (%s, %s) the first result of each identity counts, else the last failure',
    async (one, other) => {
      const run = await runIn(folder());
      const late = on(2, { ...completed('a'), error: 7 });
      await write(run, one, late, on(1, diverged('b')), on(3, failed('c')), on(1, failed('d')));
      await write(run, other, on(1, completed('a')), on(2, failed('b')), on(1, completed('c')), on(2, failed('d')));
      expect((await readRecords(run)).records).toEqual([
        on(1, completed('a')),
        on(1, diverged('b')),
        on(1, completed('c')),
        on(2, failed('d')),
      ]);
      const dates = await readRecords(run, ({ provenance }) => provenance.date);
      expect(dates).toEqual({
        records: [1, 1, 1, 2].map((day) => on(day, completed('a')).provenance.date),
        hash: (await readRecords(run)).hash,
      });
    },
  );

  test('reads on while a writer is writing: a last line without its end is left out', async () => {
    const run = await runIn(folder());
    await write(run, 'local', completed('a'));
    const line = readFileSync(file(run), 'utf8');
    appendFileSync(file(run), line.slice(0, -1));
    expect((await readRecords(run)).records).toEqual([completed('a')]);
    appendFileSync(file(run), '\n');
    expect((await readRecords(run)).records).toEqual([completed('a')]);
  });

  test('its hash follows from the records that count, not from their order or files', async () => {
    const [one, other, third] = await Promise.all(
      ['one', 'other', 'third'].map(async (name) => runIn(join(folder(), name))),
    );
    await write(one!, 'local', failed('a'), completed('a'), completed('b'));
    await write(other!, 'x', completed('b'));
    await write(other!, 'y', completed('a'));
    await write(third!, 'local', completed('a'), { ...completed('b'), error: 1 });
    const hashes = await Promise.all([one!, other!, third!].map(async (run) => (await readRecords(run)).hash));
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  test('a folder is read the same wherever it is copied to', async () => {
    const run = await runIn(folder());
    await write(run, 'local', completed('a'), failed('b'));
    const copy = join(folder(), 'elsewhere', 'copy');
    cpSync(run.directory, copy, { recursive: true });
    expect(await readRecords(await openRunFolder(copy))).toEqual(await readRecords(run));
    expect(readFileSync(file(run), 'utf8')).not.toContain(folder());
  });

  test('any edit of any line is told with file and line', async () => {
    const run = await runIn(folder());
    await write(run, 'local', completed('a'), failed('b'));
    const lines = readFileSync(file(run), 'utf8');
    const positions = fc.integer({ min: 0, max: lines.length - 2 }).filter((position) => lines[position] !== '\n');
    await fc.assert(
      fc.asyncProperty(positions, fc.constantFrom('7', 'x', '"', '}', ' '), async (position, letter) => {
        fc.pre(lines[position] !== letter);
        writeFileSync(file(run), lines.slice(0, position) + letter + lines.slice(position + 1));
        const line = lines.slice(0, position).split('\n').length;
        expect(await refusal(readRecords(run))).toMatch(new RegExp(`local\\.jsonl:${line}: `));
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['', 'is no JSON: '],
    ['{"torn', 'is no JSON: '],
    ['null', 'got null instead of a map of the keys schema, version, hash, record'],
    ['{"arm":"A"}', 'arm: unknown key instead of schema, version, hash, record'],
    ['{"schema":"netspace/record","version":0,"hash":"","record":{}}', 'version: got 0 instead of 1'],
  ])('the line %j is refused with file, line and what would help', async (line, problem) => {
    const run = await runIn(folder());
    await write(run, 'local', completed('a'));
    appendFileSync(file(run), `${line}\n`);
    const message = await refusal(readRecords(run));
    expect(message).toContain(`local.jsonl:2: ${problem}`);
    expect(message).toMatch(
      /\(valid: a record as netspace wrote it; without the line, `netspace study train --resume` trains that network again\)$/,
    );
  });

  test('a line of a newer netspace is refused, and not called lost', async () => {
    const run = await runIn(folder());
    await write(run, 'local', completed('a'));
    appendFileSync(file(run), '{"schema":"netspace/record","version":2,"hash":"","result":{}}\n');
    const message = await refusal(readRecords(run));
    expect(message).toContain(
      'local.jsonl:2: was written by a newer netspace: version 2 of netspace/record, this one reads version 1',
    );
    expect(message).not.toContain('trains that network again');
  });

  test('what is against the schema of records is told with its key', async () => {
    const run = await runIn(folder());
    await write(run, 'local', completed('a'));
    writeFileSync(file(run), readFileSync(file(run), 'utf8').replace('"testError":90', '"testError":900'));
    expect(await refusal(readRecords(run))).toContain(
      'local.jsonl:1: record.epochs[0].testError: got 900 instead of a number of at most 100',
    );
  });
});
