import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Runner, type RunnerWorker, type TrainingTask, WorkerLost } from '@netspace/contracts';
// The builds: worker processes run them.
import { localRunner } from '@netspace/local-runner';
import { KeptWorkers, WatchedRunner } from '@netspace/population';
import { runnerConformance, type TrainerScript } from '@netspace/population/conformance';

const workerModule = pathToFileURL(createRequire(import.meta.url).resolve('@netspace/population/conformance'));
const runnerOf = (script: TrainerScript): Runner => localRunner({ workerModule, workerData: script });

describe('localRunner(options) keeps the promises of every runner', () => {
  test.each(runnerConformance)('$title', ({ check }) => check(runnerOf), 30_000);

  test('a SIGTERM that reaches a worker, as a cluster sends it to all processes of a job, leaves it as it is', async () => {
    const worker = await runnerOf({}).start(unheard);
    const { stdout } = spawnSync('pgrep', ['-P', String(process.pid), '-f', 'worker-main'], { encoding: 'utf8' });
    const ids = stdout.trim().split('\n').map(Number);
    expect(ids).toEqual([expect.any(Number)]);
    process.kill(ids[0]!, 'SIGTERM');
    const { kind } = await worker.train(hangingTask, { onProgress: () => undefined, onEpoch: () => undefined });
    expect(kind).toBe('trained');
    await worker.stop();
  });

  test('a module that is not there ends the start with its error', async () => {
    const runner = localRunner({ workerModule: new URL('file:///no-such-module.mjs'), workerData: {} });
    await expect(runner.start(unheard)).rejects.toThrow(/Cannot find module '\/no-such-module\.mjs'/);
  });
});

describe('KeptWorkers over it keep the promises of every runner', () => {
  const kept: KeptWorkers[] = [];
  afterEach(() => Promise.all(kept.splice(0).map((runner) => runner.close())));
  const keptRunner = (script: TrainerScript): Runner => {
    const runner = new KeptWorkers(runnerOf(script));
    kept.push(runner);
    return runner;
  };

  test.each(runnerConformance)('$title', ({ check }) => check(keptRunner), 30_000);

  test('a worker that is given back is lent again, one that was stopped as it trained is not', async () => {
    let starts = 0;
    const inner = runnerOf({ tasks: { n1: 'hang' } });
    const runner = new KeptWorkers({ start: (signal) => (starts++, inner.start(signal)) });
    kept.push(runner);
    const first = await runner.start(unheard);
    await first.stop();
    const again = await runner.start(unheard);
    expect(starts).toBe(1);
    const hung = again.train(hangingTask, { onProgress: () => undefined, onEpoch: () => undefined });
    await again.stop();
    await expect(hung).rejects.toThrow(WorkerLost);
    await (await runner.start(unheard)).stop();
    expect(starts).toBe(2);
  });
});

describe('WatchedRunner over it keeps the promises of every runner', () => {
  test.each(runnerConformance)('$title', ({ check }) => check((script) => new WatchedRunner(runnerOf(script))), 30_000);

  /** Stops the worker process, as soon as there is one. */
  async function stopProcess(): Promise<void> {
    for (;;) {
      const { stdout } = spawnSync('pgrep', ['-P', String(process.pid), '-f', 'worker-main'], { encoding: 'utf8' });
      if (stdout !== '') return void process.kill(Number(stdout), 'SIGSTOP');
      await setTimeout(1);
    }
  }

  const hangs = /^made no progress for .*: it hangs$/;

  test('a worker that is stopped as it starts is ended, and lost', async () => {
    const starting = new WatchedRunner(runnerOf({}), { start: 5 }).start(unheard);
    await Promise.all([stopProcess(), expect(starting).rejects.toThrow(hangs)]);
    await expect(starting).rejects.toThrow(WorkerLost);
    expect(spawnSync('pgrep', ['-P', String(process.pid), '-f', 'worker-main']).status).toBe(1);
  });

  test('a worker that is stopped before its training has told any progress is ended, and another one goes on', async () => {
    const runner = new WatchedRunner(runnerOf({}), { firstProgress: 5 });
    const worker = await runner.start(unheard);
    await stopProcess();
    const watch = { onProgress: () => undefined, onEpoch: () => undefined };
    await expect(worker.train(hangingTask, watch)).rejects.toThrow(hangs);
    const other = await runner.start(unheard);
    expect((await other.train(hangingTask, watch)).kind).toBe('trained');
    await other.stop();
  });
});

const unheard = new AbortController().signal;
const hangingTask = {
  arm: 'a',
  network: { id: 'n1', complexity: { flops: 1 } },
  replicate: 0,
  seed: 1,
  conditions: 'c',
} as unknown as TrainingTask;
const workers: RunnerWorker[] = [];
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.stop())));

/** Runners whose workers differ from those of the local one. */
function broken(differ: (worker: RunnerWorker) => Partial<RunnerWorker>): (script: TrainerScript) => Runner {
  return (script) => ({
    start: async (signal) => {
      const worker = await runnerOf(script).start(signal);
      workers.push(worker);
      return { ...worker, ...differ(worker) };
    },
  });
}

describe('runnerConformance finds a runner', () => {
  test.each<[fault: string, title: string, broken: (script: TrainerScript) => Runner]>([
    [
      'that says nothing of its workers',
      'a worker says what trains in it',
      broken(({ description }) => ({ description: { ...description, host: '' } })),
    ],
    [
      'that loses epochs',
      'a training reports its progress and its epochs, in order and before its result',
      broken((worker) => ({ train: (task, watch) => worker.train(task, { ...watch, onEpoch: () => undefined }) })),
    ],
    [
      'that keeps to itself what a training tells',
      'what a training tells reaches its watch',
      broken((worker) => ({ train: (task, { onProgress, onEpoch }) => worker.train(task, { onProgress, onEpoch }) })),
    ],
    [
      'that reports late',
      'a training reports its progress and its epochs, in order and before its result',
      broken((worker) => ({
        train: async (task, watch) => {
          const result = await worker.train(task, watch);
          void setTimeout(10).then(() => watch.onProgress(1));
          return result;
        },
      })),
    ],
    [
      'whose lost worker is a failed training',
      'a worker that dies is lost, and another goes on',
      broken((worker) => ({
        train: (task, watch) =>
          worker.train(task, watch).catch((error: unknown) => ({ kind: 'failed', message: String(error) })),
      })),
    ],
    [
      'whose failed training throws',
      'a training that throws failed, and its worker goes on',
      broken((worker) => ({
        train: async (task, watch) => {
          const result = await worker.train(task, watch);
          if (result.kind === 'failed') throw new Error(result.message);
          return result;
        },
      })),
    ],
    [
      'whose workers do not stop',
      'a worker that is stopped is gone, and may be stopped again',
      broken(() => ({ stop: () => Promise.resolve() })),
    ],
    [
      'that is deaf to aborts',
      'an abort from before ends the start of a worker, with its reason',
      () => ({ start: () => runnerOf({}).start(unheard) }),
    ],
    [
      'that hides bad input',
      'bad input at the start of a worker keeps its fields',
      (script) => ({
        start: (signal) =>
          runnerOf(script)
            .start(signal)
            .catch((error: unknown) => {
              throw new Error(String(error));
            }),
      }),
    ],
  ])('%s', async (_, title, runnerOfFault) => {
    const { check } = runnerConformance.find((promise) => promise.title === title)!;
    await check(runnerOf);
    await expect(check(runnerOfFault)).rejects.toThrow();
  });
});
