import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Runner, type RunnerWorker, type TrainingTask, type TrainingWatch, WorkerLost } from '@netspace/contracts';
import { toyTasks } from './fixtures/toy-tasks.js';
import { WatchedRunner } from './watched-runner.js';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
afterEach(() => void jest.useRealTimers());

const after = (seconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    setTimeout(resolve, 1000 * seconds);
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });

/** Lets time pass, and what it settles settle. */
async function pass(seconds: number): Promise<void> {
  for (let time = 0; time < seconds; time += 5) await jest.advanceTimersByTimeAsync(5000);
}

/** A runner of workers that start and train in so many seconds: one after the other, as they are asked for. */
function scripted(starts: number[], trainings: readonly { first?: number; seconds: number }[] = []): Runner {
  const next = [...trainings];
  return {
    async start(signal) {
      await after(starts.shift()!, signal);
      const stopping = new AbortController();
      const worker: Pick<RunnerWorker, 'train' | 'stop'> = {
        async train(_, watch) {
          const { first, seconds } = next.shift()!;
          if (first !== undefined) void after(first).then(() => watch.onProgress(first / seconds));
          await after(seconds, stopping.signal);
          return { kind: 'failed', message: 'toy' };
        },
        stop() {
          stopping.abort(new WorkerLost('stopped'));
          return Promise.resolve();
        },
      };
      return worker as RunnerWorker;
    },
  };
}

const silent: TrainingWatch = { onProgress: () => undefined, onEpoch: () => undefined };
const unheard = new AbortController().signal;
const [toy] = toyTasks(1) as [TrainingTask];
const of = (flops: number, conditions: string): TrainingTask => ({
  ...toy,
  conditions,
  network: { ...toy.network, complexity: { ...toy.network.complexity, flops } },
});

/** What becomes of a promise, once that is known. */
function fateOf(promise: Promise<unknown>): { now: string } {
  const fate = { now: 'open' };
  promise.then(
    () => (fate.now = 'done'),
    (error: unknown) => (fate.now = String(error)),
  );
  return fate;
}

describe('WatchedRunner', () => {
  test('a worker that starts for longer than an hour is lost', async () => {
    const fate = fateOf(new WatchedRunner(scripted([10_000])).start(unheard));
    await pass(3600);
    expect(fate.now).toBe('open');
    await pass(15);
    expect(fate.now).toMatch(
      /^WorkerLost: made no progress for 36\d\d s, where as it begins 3600 s are the most: it hangs$/,
    );
  });

  test('as soon as one has started, another may take five times as long and a minute: also one that began before', async () => {
    const runner = new WatchedRunner(scripted([10_000, 20]));
    const fate = fateOf(runner.start(unheard));
    fateOf(runner.start(unheard));
    await pass(155);
    expect(fate.now).toBe('open');
    await pass(20);
    expect(fate.now).toMatch(/^WorkerLost: .* where as it begins 160 s are the most/);
  });

  test('an abort from outside ends a start with its own reason', async () => {
    const controller = new AbortController();
    const fate = fateOf(new WatchedRunner(scripted([10_000])).start(controller.signal));
    await pass(5);
    controller.abort(new Error('enough'));
    await pass(5);
    expect(fate.now).toBe('Error: enough');
  });

  /** Trains tasks, one after the other. */
  async function train(trainings: { first?: number; seconds: number }[], ...trained: TrainingTask[]) {
    const starting = new WatchedRunner(scripted([1], trainings), { firstProgress: 7200 }).start(unheard);
    await pass(5);
    const worker = await starting;
    for (const task of trained.slice(0, -1)) {
      fateOf(worker.train(task, silent));
      await pass(trainings[0]!.seconds + 10);
    }
    return fateOf(worker.train(trained.at(-1)!, silent));
  }

  test('a training may take as long to its first progress as is said where no speed is known', async () => {
    const fate = await train([{ seconds: 1e6 }], of(100, 'a'));
    await pass(7200);
    expect(fate.now).toBe('open');
    await pass(15);
    expect(fate.now).toMatch(/^WorkerLost: made no progress for 72\d\d s, where as it begins 7200 s/);
  });

  test.each([
    ['five times as long as a former one, and a minute', of(100, 'a'), 560],
    ['not less where it is less work', of(1, 'a'), 560],
    ['longer where it is more work', of(300, 'a'), 1560],
    ['not longer than is said', of(1e6, 'a'), 7200],
    ['as long as is said under other conditions', of(100, 'b'), 7200],
  ])('to its first progress: %s', async (_, task, limit) => {
    const fate = await train([{ first: 50, seconds: 100 }, { seconds: 1e6 }], of(100, 'a'), task);
    await pass(limit);
    expect(fate.now).toBe('open');
    await pass(15);
    expect(fate.now).toMatch(new RegExp(`^WorkerLost: .* as it begins ${limit} s`));
  });

  test('former ones that told no progress, as where results are looked up, say nothing of one that takes long', async () => {
    const fate = await train([{ seconds: 1 }, { seconds: 5000 }], of(100, 'a'), of(100, 'a'));
    await pass(5010);
    expect(fate.now).toBe('done');
  });
});
