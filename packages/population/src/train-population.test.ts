import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TrainingRecord } from '@netspace/contracts';
// The build: worker processes run it, and it must be one with the tests' own.
import { openRecordStore, type PopulationEvent, readRecords, trainPopulation } from '@netspace/population';
import { toyRecord, toyTasks } from './fixtures/toy-tasks.js';

const workerModule = new URL('./fixtures/toy-worker.mjs', import.meta.url);
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
  file = join(folder, 'records.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

interface ToyOptions {
  readonly workers?: number;
  readonly workerData?: Record<string, unknown>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: PopulationEvent) => void;
}

async function trainToys(count: number, { workers = 2, workerData = {}, ...options }: ToyOptions = {}): Promise<void> {
  const store = openRecordStore(file);
  try {
    const data = { recipeHash: 'r1', folder, ...workerData };
    const run = { tasks: toyTasks(count), recipeHash: 'r1', engine: 'toy', store, workers, workerModule };
    await trainPopulation({ ...run, workerData: data, ...options });
  } finally {
    store.close();
  }
}

const byIndex = (records: readonly TrainingRecord[]): TrainingRecord[] =>
  [...records].sort((a, b) => a.network.index - b.network.index);
const undisturbed = (count: number): TrainingRecord[] => toyTasks(count).map((task) => toyRecord(task));

describe('trainPopulation', () => {
  test.each([1, 2, 3])('gives the same records with %d workers', async (workers) => {
    await trainToys(8, { workers });
    expect(byIndex(readRecords(file))).toEqual(undisturbed(8));
  });

  test('trains only what is missing', async () => {
    await trainToys(3);
    const trained: string[] = [];
    await trainToys(5, { onEvent: (event) => event.kind === 'trained' && trained.push(event.record.network.id) });
    expect(trained.sort()).toEqual(['n3', 'n4']);
    expect(byIndex(readRecords(file)).map(({ network }) => network.id)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
  });

  test('counts what is done and estimates the time left down to 0', async () => {
    const states: [number, number, number | undefined][] = [];
    await trainToys(4, {
      onEvent: (event) => event.kind === 'trained' && states.push([event.done, event.total, event.secondsLeft]),
    });
    expect(states.map(([done, total]) => [done, total])).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
    expect(states.at(-1)?.[2]).toBeCloseTo(0);
  });

  test('a training that throws becomes a failed record, and the next run tries it again', async () => {
    await trainToys(3, { workerData: { trouble: { n1: 'throw' } } });
    const failed = byIndex(readRecords(file))[1]!;
    expect(failed).toMatchObject({ status: 'failed', error: null, engine: 'toy' });
    expect(failed.message).toContain('no such block');
    await trainToys(3);
    expect(byIndex(readRecords(file))).toEqual(undisturbed(3));
  });

  test('a network whose process dies is tried again in a new process', async () => {
    const crashes: PopulationEvent[] = [];
    const onEvent = (event: PopulationEvent): unknown => event.kind === 'crashed' && crashes.push(event);
    await trainToys(4, { workerData: { trouble: { n2: 'die-once' } }, onEvent });
    expect(crashes).toMatchObject([{ attempt: 1, reason: 'the worker process ended: SIGKILL' }]);
    expect(byIndex(readRecords(file))).toEqual(undisturbed(4));
  });

  test('a network whose process dies three times failed, and the others go on', async () => {
    await trainToys(4, { workerData: { trouble: { n2: 'die' } } });
    const records = byIndex(readRecords(file));
    expect(records.map(({ status }) => status)).toEqual(['completed', 'completed', 'failed', 'completed']);
    expect(records[2]!.message).toBe('the worker process ended: SIGKILL');
  });

  test('bad input at the start of a worker ends the run with that error', async () => {
    await expect(trainToys(3, { workerData: { unusable: true } })).rejects.toThrow(
      'dataset: no such folder (valid: a folder)',
    );
    expect(readRecords(file)).toEqual([]);
  });

  test('an abort ends the run, says how far it is and keeps what is done', async () => {
    const controller = new AbortController();
    const run = trainToys(6, {
      workers: 1,
      signal: controller.signal,
      onEvent: (event) => event.kind === 'trained' && event.done === 2 && controller.abort(),
    });
    await expect(run).rejects.toMatchObject({
      name: 'AbortError',
      message: 'interrupted: 2 of 6 networks are trained and kept',
    });
    expect(readRecords(file)).toHaveLength(2);
    await trainToys(6);
    expect(byIndex(readRecords(file))).toEqual(undisturbed(6));
  });

  test('killed again and again and resumed, it loses nothing and does nothing twice', async () => {
    const count = 30;
    const tasksFile = join(folder, 'tasks.json');
    writeFileSync(tasksFile, JSON.stringify(toyTasks(count)));
    let runs = 0;
    for (let done = 0, previous = 0; done < count; previous = done) {
      const child = startToyRun(tasksFile);
      // The first kill comes while the workers start, the others later and later.
      await Promise.race([exit(child), setTimeout(40 + 90 * runs++)]);
      child.kill('SIGKILL');
      await exit(child);
      done = readRecords(file).length;
      expect(done).toBeGreaterThanOrEqual(previous);
      expect(runs).toBeLessThan(60);
    }
    expect(runs).toBeGreaterThan(2);
    expect(byIndex(readRecords(file))).toEqual(undisturbed(count));
  }, 60_000);
});

function startToyRun(tasksFile: string): ChildProcess {
  const script = fileURLToPath(new URL('./fixtures/toy-run.mjs', import.meta.url));
  return spawn(process.execPath, [script, file, tasksFile, '2'], { stdio: 'inherit' });
}

async function exit(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('exit', resolve));
}
