import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { toyRecord, toyTasks } from './fixtures/toy-tasks.js';
import { openRecordStore, readRecords } from './index.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
  file = join(folder, 'run', 'records.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const [first, second] = toyTasks(2).map((task) => toyRecord(task)) as [
  ReturnType<typeof toyRecord>,
  ReturnType<typeof toyRecord>,
];

describe('openRecordStore(file)', () => {
  test('what was appended is there when it is opened again, a JSON line each', () => {
    const store = openRecordStore(file);
    store.append(first);
    store.append(second);
    store.close();
    expect(
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([first, second]);
    const again = openRecordStore(file);
    expect(again.records()).toEqual([first, second]);
    expect(again.find(second)).toEqual(second);
    expect(again.tornLineFile).toBeUndefined();
    again.close();
  });

  test('a record of another recipe, space or network is another record; the same key replaces', () => {
    const store = openRecordStore(file);
    store.append(first);
    expect(store.find({ ...first, recipeHash: 'r2' })).toBeUndefined();
    expect(store.find({ ...first, space: 'B' })).toBeUndefined();
    store.append({ ...first, error: 7 });
    expect(store.records()).toEqual([{ ...first, error: 7 }]);
    store.close();
    expect(readRecords(file)).toEqual([{ ...first, error: 7 }]);
  });

  test('a torn last line is moved aside at every place where it may tear', () => {
    const whole = `${JSON.stringify(first)}\n`;
    const line = `${JSON.stringify(second)}\n`;
    for (let length = 1; length < line.length; length += 17) {
      openRecordStore(file).close();
      writeFileSync(file, whole + line.slice(0, length));
      const store = openRecordStore(file);
      expect(store.records()).toEqual([first]);
      expect(readFileSync(store.tornLineFile!, 'utf8')).toBe(`${line.slice(0, length)}\n`);
      store.append(second);
      store.close();
      expect(readFileSync(file, 'utf8')).toBe(whole + line);
      rmSync(store.tornLineFile!);
    }
  });

  test('a torn last line may end inside a letter', () => {
    const whole = `${JSON.stringify({ ...first, message: 'ß' })}\n`;
    openRecordStore(file).close();
    writeFileSync(file, Buffer.concat([Buffer.from(whole), Buffer.from('ß').subarray(0, 1)]));
    const store = openRecordStore(file);
    store.append(second);
    store.close();
    expect(readFileSync(file, 'utf8')).toBe(`${whole}${JSON.stringify(second)}\n`);
  });

  test.each([
    ['no JSON', '{"space":\n', /records\.jsonl:2: is no JSON/],
    ['nothing', 'null\n', /records\.jsonl:2: has no space/],
    ['no record', '{"space":"A"}\n', /records\.jsonl:2: has no network \(valid: a training record as JSON\)/],
  ])('a line in the middle that is %s names file and line', (_, line, message) => {
    openRecordStore(file).close();
    writeFileSync(file, `${JSON.stringify(first)}\n${line}${JSON.stringify(second)}\n`);
    expect(() => openRecordStore(file)).toThrow(message);
    // The lock was given back.
    writeFileSync(file, '');
    openRecordStore(file).close();
  });

  test('a second writer is refused', () => {
    const store = openRecordStore(file);
    expect(() => openRecordStore(file)).toThrow('this process has the file open already');
    store.close();
    writeFileSync(`${file}.lock`, `${process.ppid}\n`);
    expect(() => openRecordStore(file)).toThrow(`process ${process.ppid} is writing to this run`);
    expect(readFileSync(`${file}.lock`, 'utf8')).toBe(`${process.ppid}\n`);
  });

  test.each([
    // No process has this id: Linux ids end at 4194304.
    ['of a dead process', '99999999\n'],
    ['of a dead process that had the id of this one', `${process.pid}\n`],
    ['without an id', ''],
  ])('a lock %s is taken over', (_, content) => {
    openRecordStore(file).close();
    writeFileSync(`${file}.lock`, content);
    const store = openRecordStore(file);
    expect(readFileSync(`${file}.lock`, 'utf8')).toBe(`${process.pid}\n`);
    store.close();
    expect(readdirSync(join(folder, 'run'))).toEqual(['records.jsonl']);
  });

  test('readRecords leaves a file that is being written alone', () => {
    expect(readRecords(file)).toEqual([]);
    const store = openRecordStore(file);
    store.append(first);
    appendFileSync(file, '{"space":');
    expect(readRecords(file)).toEqual([first]);
    store.close();
  });
});
