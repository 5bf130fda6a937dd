import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TrainingRecord, TrainingTask } from '@netspace/contracts';
import { openRandom, type Random } from '@netspace/random';
// The builds: worker processes run them.
import { localRunner } from '@netspace/local-runner';
import { type PopulationEvent, type PopulationRun, trainPopulation } from '@netspace/population';
import { openFileStore } from './fixtures/file-store.mjs';

const workerModule = new URL('./fixtures/toy-worker.mjs', import.meta.url);
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
  file = join(folder, 'records.jsonl');
  mkdirSync(join(folder, 'pids'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Tasks with ids n0, n1, ... */
function toyTasks(count: number): TrainingTask[] {
  const config = {
    ...{ stem: { type: 'res_stem_cifar', width: 8 }, block: 'x', squeezeExcitationRatio: 0, headWidth: 0 },
    ...{ stages: [{ depth: 1, width: 8, stride: 1, bottleneckRatio: 1, groupWidth: 8 }] },
    ...{ classes: 10, imageSize: 8, imageChannels: 1 },
  };
  return Array.from({ length: count }, (_, index) => ({
    ...{ arm: 'a', replicate: 0, seed: index, conditions: 'c1' },
    network: { id: `n${index}`, index, config, complexity: { flops: index + 1, params: 1, acts: 1 }, parameters: {} },
  }));
}

function trainToys(count: number, workerData: object, run: Partial<PopulationRun> = {}): Promise<unknown> {
  const store = openFileStore(file);
  const runner = localRunner({ workerModule, workerData });
  return trainPopulation({ tasks: toyTasks(count), store, runner, workers: 3, writer: 'local', ...run });
}

/** Ids and errors of the records in the file itself, by index: nothing was trained twice. */
const resultsOfFile = (): [string, number][] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as TrainingRecord & { readonly error: number })
    .sort((a, b) => a.network.index - b.network.index)
    .map(({ network, error }) => [network.id, error]);

const undisturbed = (count: number): [string, number][] =>
  toyTasks(count).map(({ network }) => [network.id, network.complexity.flops]);

describe('trainPopulation({ runner: localRunner(...) })', () => {
  test.each([1, 2, 3])('workers killed at any time (seed %d) cost no result', async (seed) => {
    const count = 12;
    const random = openRandom(seed);
    const lost: string[] = [];
    const onEvent = (event: PopulationEvent): unknown => event.kind === 'retried' && lost.push(event.reason);
    const run = trainToys(count, { milliseconds: 100, pids: join(folder, 'pids') }, { onEvent });
    // Two deaths at most: three of one network would make it fail.
    for (let kills = 0; kills < 2; kills++) {
      await someWorkers(1);
      await setTimeout(random.integer(0, 100));
      kill(pick(pidsOf().filter(isAlive), random));
    }
    await run;
    expect(lost).toContain('the worker process ended: SIGKILL');
    expect(resultsOfFile()).toEqual(undisturbed(count));
  });

  test.each([false, true])('an abort ends all workers (computing without a break: %s)', async (busy) => {
    const controller = new AbortController();
    const workerData = { milliseconds: 60_000, busy, pids: join(folder, 'pids') };
    const run = expect(trainToys(6, workerData, { signal: controller.signal })).rejects.toThrow(
      'interrupted: 0 of 6 networks are trained and kept',
    );
    await someWorkers(3);
    controller.abort();
    await run;
    expect(pidsOf().filter(isAlive)).toEqual([]);
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
      done = (await openFileStore(file).records()).length;
      expect(done).toBeGreaterThanOrEqual(previous);
      expect(runs).toBeLessThan(60);
    }
    expect(runs).toBeGreaterThan(2);
    expect(resultsOfFile()).toEqual(undisturbed(count));
  });

  test.each([false, true])('workers end with their parent (computing without a break: %s)', async (busy) => {
    const child = startToyRun(2, { milliseconds: 60_000, busy, pids: join(folder, 'pids') });
    await someWorkers(2);
    child.kill('SIGKILL');
    await exitOf(child);
    while (pidsOf().some(isAlive)) await setTimeout(20);
  });

  test('a worker whose parent is gone when its training ends says nothing of it', async () => {
    const child = startToyRun(2, { milliseconds: 500, busy: 'silently', pids: join(folder, 'pids') });
    const errors = text(child.stderr!);
    await someWorkers(2);
    child.kill('SIGKILL');
    expect(await errors).toBe('');
    while (pidsOf().some(isAlive)) await setTimeout(20);
  });

  test('an interrupt from the terminal, which a whole group of processes gets, reaches no worker', async () => {
    const child = startToyRun(2, { milliseconds: 500, pids: join(folder, 'pids') });
    const errors = text(child.stderr!);
    await someWorkers(2);
    process.kill(-child.pid!, 'SIGINT');
    expect([await exitOf(child), await errors]).toEqual([0, 'interrupted\n']);
    expect(resultsOfFile()).toEqual(undisturbed(2));
  });

  test('a closed pipe behind the standard output costs no training', async () => {
    const child = startToyRun(4, { milliseconds: 50, loud: true }, ['ignore', 'pipe', 'pipe']);
    child.stdout!.destroy();
    child.stderr!.destroy();
    expect(await exitOf(child)).toBe(0);
    expect(resultsOfFile()).toEqual(undisturbed(4));
  });
});

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

/** Trains toys with two workers in a process of its own. */
function startToyRun(
  count: number,
  workerData: object,
  stdio: StdioOptions = ['ignore', 'inherit', 'pipe'],
): ChildProcess {
  const tasksFile = join(folder, 'tasks.json');
  writeFileSync(tasksFile, JSON.stringify(toyTasks(count)));
  const script = fileURLToPath(new URL('./fixtures/toy-run.mjs', import.meta.url));
  return spawn(process.execPath, [script, file, tasksFile, JSON.stringify(workerData)], { stdio, detached: true });
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('exit', resolve));
  }
  return child.exitCode;
}
