import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TrainingRecord } from '@netspace/contracts';
import { openRandom, type Random } from '@netspace/random';
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

/** The results in the file itself, by index: nothing replaced what was done before. */
function recordsOfFile(): TrainingRecord[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return byIndex(lines.map((line) => JSON.parse(line) as TrainingRecord));
}

const byIndex = (records: readonly TrainingRecord[]): TrainingRecord[] =>
  [...records].sort((a, b) => a.network.index - b.network.index);
const undisturbed = (count: number): TrainingRecord[] => toyTasks(count).map((task) => toyRecord(task));

describe('trainPopulation', () => {
  test.each([1, 2, 3])('gives the same records with %d workers', async (workers) => {
    await trainToys(8, { workers });
    expect(recordsOfFile()).toEqual(undisturbed(8));
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

  test('bad input that a training throws is told without a stack', async () => {
    await trainToys(2, { workerData: { trouble: { n1: 'refuse' } } });
    expect(byIndex(readRecords(file))[1]!.message).toBe('dataset: no such folder (valid: a folder)');
  });

  test.each([
    ['bad input', 'refuse', 'dataset: no such folder (valid: a folder)'],
    ['a crash', 'die', 'the worker process ended: SIGKILL'],
  ])('%s at the start of a worker ends the run with that error', async (_, unusable, message) => {
    await expect(trainToys(3, { workerData: { unusable } })).rejects.toThrow(message);
    expect(readRecords(file)).toEqual([]);
  });

  test.each([0, 1.5, NaN])('%d workers are refused', async (workers) => {
    await expect(trainToys(3, { workers })).rejects.toThrow(
      `workers: got ${workers} (valid: an integer of at least 1)`,
    );
  });

  test('tells of each network when it starts and on the way', async () => {
    const shares: [string, number][] = [];
    const onEvent = (event: PopulationEvent): unknown =>
      event.kind === 'progress' && shares.push([event.task.network.id, event.share]);
    await trainToys(2, { workers: 1, onEvent });
    // n1 has more flops, so it is the first. Reports that come too soon after another are left out.
    expect(shares.slice(0, 2)).toEqual([
      ['n1', 0],
      ['n1', 0.5],
    ]);
    expect(shares).toContainEqual(['n0', 0]);
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
      message: 'interrupted: 2 of 6 networks are trained and kept; resume to train the others',
    });
    expect(readRecords(file)).toHaveLength(2);
    await trainToys(6);
    expect(byIndex(readRecords(file))).toEqual(undisturbed(6));
  });

  test.each([1, 2, 3])('workers killed at any time (seed %d) cost no result', async (seed) => {
    const count = 12;
    const random = openRandom(seed);
    let crashes = 0;
    const onEvent = (event: PopulationEvent): unknown => event.kind === 'crashed' && crashes++;
    const workerData = { milliseconds: 100, pids: pidsFolder() };
    const run = trainToys(count, { workers: 3, workerData, onEvent });
    // Two deaths at most: three of one network would make it fail.
    for (let kills = 0; kills < 2; kills++) {
      await someWorkers(1);
      await setTimeout(random.integer(0, 100));
      kill(pick(pidsOf().filter(isAlive), random));
    }
    await run;
    expect(crashes).toBeGreaterThan(0);
    expect(recordsOfFile()).toEqual(undisturbed(count));
  });

  test('killed again and again and resumed, it loses nothing and does nothing twice', async () => {
    const count = 30;
    let runs = 0;
    for (let done = 0, previous = 0; done < count; previous = done) {
      const child = startToyRun(count, { milliseconds: 20 });
      // The first kill comes while the workers start, the others later and later.
      await Promise.race([exitOf(child), setTimeout(40 + 90 * runs++)]);
      child.kill('SIGKILL');
      await exitOf(child);
      done = readRecords(file).length;
      expect(done).toBeGreaterThanOrEqual(previous);
      expect(runs).toBeLessThan(60);
    }
    expect(runs).toBeGreaterThan(2);
    expect(recordsOfFile()).toEqual(undisturbed(count));
  }, 60_000);

  test.each([false, true])(
    'workers end with their parent (computing without a break: %s)',
    async (busy) => {
      const child = startToyRun(2, { milliseconds: 60_000, busy, pids: pidsFolder() });
      await someWorkers(2);
      child.kill('SIGKILL');
      await exitOf(child);
      while (pidsOf().some(isAlive)) await setTimeout(20);
    },
    20_000,
  );

  test('an interrupt from the terminal, which a whole group of processes gets, reaches no worker', async () => {
    const child = startToyRun(2, { milliseconds: 500, pids: pidsFolder() });
    const errors = text(child.stderr!);
    await someWorkers(2);
    process.kill(-child.pid!, 'SIGINT');
    expect([await exitOf(child), await errors]).toEqual([0, 'interrupted\n']);
    expect(recordsOfFile()).toEqual(undisturbed(2));
  }, 20_000);

  test('a full disk ends the run with a clear error, and the records before it are kept', async () => {
    const count = 12;
    // A limit on the size of files stands for the disk: the system then writes a part of a record and refuses the rest.
    const limited = startToyRun(count, {}, 'ulimit -f 2; exec "$0" "$@"');
    const [status, errors] = await Promise.all([exitOf(limited), text(limited.stderr!)]);
    expect([status, errors]).toEqual([1, expect.stringMatching(/records\.jsonl: a record cannot be written: E[A-Z]+/)]);
    const kept = recordsOfFile();
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.length).toBeLessThan(count);
    await trainToys(count);
    expect(recordsOfFile()).toEqual(undisturbed(count));
  }, 20_000);
});

function pidsFolder(): string {
  mkdirSync(join(folder, 'pids'));
  return join(folder, 'pids');
}

const pidsOf = (): number[] => readdirSync(join(folder, 'pids')).map(Number);

/** Sends a signal; false where the process is gone. */
function kill(pid: number, signal: NodeJS.Signals | 0 = 'SIGKILL'): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[random.integer(0, values.length - 1)]!;
}

/** Waits until so many worker processes train. */
async function someWorkers(count: number): Promise<void> {
  while (pidsOf().filter(isAlive).length < count) await setTimeout(10);
}

const isAlive = (pid: number): boolean => kill(pid, 0);

/** Trains toys with two workers in a process of its own, by a command of bash where one is given. */
function startToyRun(count: number, workerData: Record<string, unknown>, command = 'exec "$0" "$@"'): ChildProcess {
  const tasksFile = join(folder, 'tasks.json');
  writeFileSync(tasksFile, JSON.stringify(toyTasks(count)));
  const script = fileURLToPath(new URL('./fixtures/toy-run.mjs', import.meta.url));
  const run = [process.execPath, script, file, tasksFile, '2', JSON.stringify(workerData)];
  return spawn('bash', ['-c', command, ...run], { stdio: ['ignore', 'inherit', 'pipe'], detached: true });
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('exit', resolve));
  }
  return child.exitCode;
}
