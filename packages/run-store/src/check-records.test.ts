import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TrainingRecord } from '@netspace/contracts';
import { completed, diverged, failed } from './conformance/sample-records.js';
import { refusal } from './fixtures/refusal.js';
import { runIn } from './fixtures/run-in.js';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { write } from './fixtures/write-records.js';
import { checkRecords, openRecords, readRecords, type RunFolder, salvageRecords } from './index.js';

const folder = temporaryFolder();
const file = ({ records }: RunFolder, writer = 'local'): string => join(records, `${writer}.jsonl`);

/** As another machine makes it. */
const elsewhere = <Record extends TrainingRecord>(record: Record): Record => ({
  ...record,
  arm: 'other',
  seconds: 99,
  provenance: { ...record.provenance, host: 'elsewhere', writer: 'other', date: '2027-01-01T00:00:00.000Z' },
});

describe('checkRecords(folder)', () => {
  test('counts the records of each file, and takes a repeated result for the same wherever it was made', async () => {
    const run = await runIn(folder());
    await write(run, 'local', failed('a'), completed('a'), completed('b'), diverged('c'));
    const { epochs, ...again } = elsewhere(completed('b'));
    const slower = { ...again, epochs: epochs.map((epoch) => ({ ...epoch, seconds: 7 })), imagesPerSecond: 1 };
    await write(run, 'other', elsewhere(failed('a')), slower, elsewhere(completed('d')));
    const { files, repeated } = await checkRecords(run);
    expect(files).toEqual([
      { file: file(run), records: 4, damaged: [], isTorn: false },
      { file: file(run, 'other'), records: 3, damaged: [], isTorn: false },
    ]);
    expect(repeated).toEqual([{ records: [completed('b'), slower], areSame: true }]);
  });

  test.each([
    ['error', { error: 33.34 }],
    ['an epoch', { epochs: [] }],
    ['status', { status: 'diverged', error: 100 }],
  ])('tells results of one training that differ in %s', async (_, change) => {
    const run = await runIn(folder());
    await write(run, 'local', completed('a'));
    await write(run, 'other', { ...elsewhere(completed('a')), ...change } as TrainingRecord);
    const { repeated } = await checkRecords(run);
    expect(repeated.map(({ areSame }) => areSame)).toEqual([false]);
  });

  test('a run without records has no files', async () => {
    expect(await checkRecords(await runIn(folder()))).toEqual({ files: [], repeated: [] });
  });

  test('wherever a byte is flipped, it tells that line and no other; salvaged, the run reads on without it', async () => {
    const run = await runIn(folder());
    const records = [completed('a'), failed('b'), diverged('c'), completed('d')];
    await write(run, 'local', ...records);
    const whole = readFileSync(file(run));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 2), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const bytes = Buffer.from(whole);
        bytes[place]! ^= change;
        // A line end more or less makes other lines of it: what is whole of them is kept all the same.
        fc.pre(bytes[place] !== 10 && whole[place] !== 10);
        writeFileSync(file(run), bytes);
        const line = whole.subarray(0, place).toString('latin1').split('\n').length;
        const { files } = await checkRecords(run);
        expect(files[0]!.damaged.map((damaged) => damaged.line)).toEqual([line]);
        expect(await salvageRecords(run)).toBe(1);
        const left = records.filter((_, index) => index !== line - 1);
        expect((await readRecords(run)).records).toEqual(left);
      }),
      { numRuns: 60 },
    );
  });
});

describe('salvageRecords(folder)', () => {
  test('moves damaged lines aside, byte for byte, and leaves files without any as they are', async () => {
    const run = await runIn(folder());
    await write(run, 'local', completed('a'));
    await write(run, 'other', completed('b'));
    const damage = Buffer.from([0xff, 0x00, 0x7b, 0x0a]);
    const whole = readFileSync(file(run));
    writeFileSync(file(run), Buffer.concat([damage, whole, damage]));
    const before = readFileSync(file(run, 'other'));
    expect(await salvageRecords(run)).toBe(2);
    expect(readFileSync(file(run))).toEqual(whole);
    expect(readFileSync(`${file(run)}.damaged`)).toEqual(Buffer.concat([damage, damage]));
    expect(readFileSync(file(run, 'other'))).toEqual(before);
    expect(await salvageRecords(run)).toBe(0);
    expect(readdirSync(run.records).sort()).toEqual(['local.jsonl', 'local.jsonl.damaged', 'other.jsonl']);
  });

  test('a file without damage in front of its torn end keeps that end, which its writer moves aside', async () => {
    const run = await runIn(folder());
    await write(run, 'local', completed('a'));
    appendFileSync(file(run), 'damage\n{"torn');
    expect((await checkRecords(run)).files[0]).toMatchObject({ records: 1, isTorn: true, damaged: [{ line: 2 }] });
    expect(await salvageRecords(run)).toBe(1);
    expect(readFileSync(file(run), 'utf8').endsWith('\n{"torn')).toBe(true);
  });

  test('a file that a process writes to is left as it is', async () => {
    const run = await runIn(folder());
    const store = await openRecords(run, 'local');
    appendFileSync(file(run), 'damage\n');
    expect(await refusal(salvageRecords(run))).toMatch(/local\.jsonl\.lock: this process is writing/);
    expect(readFileSync(file(run), 'utf8')).toBe('damage\n');
    await store.close();
  });
});
