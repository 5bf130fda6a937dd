import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import {
  type EpochRecord,
  InvalidInputError,
  type Runner,
  type RunnerWorker,
  type TrainingTask,
  type TrainingWatch,
  WorkerLost,
  type WorkerResult,
} from '@netspace/contracts';
import { createTaskTrainer, scriptedOutcome, type TrainerScript } from './scripted-trainer.js';

/** One promise of every {@link Runner}. */
export interface RunnerCase {
  /** A sentence. */
  readonly title: string;
  /**
   * Checks it; takes up to `deadlineSeconds`.
   *
   * @param runnerOf - Makes a runner in whose workers `createTaskTrainer(script)` of this module trains.
   * @throws Error where the promise is broken.
   */
  readonly check: (runnerOf: (script: TrainerScript) => Runner) => Promise<void>;
}

/** Seconds that a case may take before it counts as broken. */
const deadlineSeconds = 20;

/**
 * What every {@link Runner} promises, to be run in the tests of an implementation, whatever their framework.
 *
 * @example
 * import { runnerConformance } from '@netspace/population/conformance';
 * // test.each(runnerConformance)('$title', ({ check }) => check(runnerOf));
 * runnerConformance[0]?.title; // => 'a worker says what trains in it'
 */
export const runnerConformance: readonly RunnerCase[] = [
  promise('a worker says what trains in it', {}, async ({ description }) => {
    const { description: expected } = await createTaskTrainer({});
    assertEqual({ ...description, node: '' }, { ...expected, node: '' });
  }),
  promise('a worker trains one task after the other, with the outcomes of its trainer', {}, async (worker) => {
    for (const task of [taskOf('n0', 3), taskOf('n1', 40), taskOf('n0', 41)]) {
      assertEqual(await train(worker, task), { kind: 'trained', outcome: scriptedOutcome(task) });
    }
  }),
  promise('a training reports its progress and its epochs, in order and before its result', {}, async (worker) => {
    const task = taskOf('n0', 7);
    const shares: number[] = [];
    const epochs: EpochRecord[] = [];
    await train(worker, task, { onProgress: (share) => shares.push(share), onEpoch: (epoch) => epochs.push(epoch) });
    const reports = shares.length;
    // Progress may be thinned out, epochs not.
    assert.ok(
      reports >= 1 && shares.every((share, i) => share > (shares[i - 1] ?? 0) && share <= 1),
      `got ${shares.join(', ')}`,
    );
    assertEqual(epochs, scriptedOutcome(task).epochs);
    await setTimeout(50);
    assertEqual([shares.length, epochs.length], [reports, 2]);
  }),
  promise('what a training tells reaches its watch', { tasks: { n1: 'tell' } }, async (worker) => {
    const told: unknown[] = [];
    await train(worker, taskOf('n1'), {
      onResume: (share) => told.push(share),
      onNotice: (message) => told.push(message),
    });
    assertEqual(told, [0.5, 'it was torn', 0.5, 'it was torn']);
  }),
  promise('a training that throws failed, and its worker goes on', { tasks: { n1: 'throw' } }, async (worker) => {
    const result = await train(worker, taskOf('n1'));
    assert.ok(result.kind === 'failed' && result.message.includes('no such block'), JSON.stringify(result));
    assert.equal((await train(worker, taskOf('n2'))).kind, 'trained');
  }),
  promise('bad input that a training throws is told without a stack', { tasks: { n1: 'refuse' } }, async (worker) => {
    const message = 'dataset: no such folder (valid: a folder)';
    assertEqual(await train(worker, taskOf('n1')), { kind: 'failed', message });
  }),
  promise('a worker that dies is lost, and another goes on', { tasks: { n1: 'die' } }, async (worker, runner) => {
    await assert.rejects(train(worker, taskOf('n1')), WorkerLost);
    await assert.rejects(train(worker, taskOf('n2')), WorkerLost);
    await withWorker(runner, async (other) => {
      assert.equal((await train(other, taskOf('n2'))).kind, 'trained');
    });
  }),
  ...(['hang', 'compute'] as const).map((incident) =>
    promise(
      `a worker is stopped in the middle of a training (${incident}), which loses it`,
      { tasks: { n1: incident } },
      async (worker) => {
        const lost = assert.rejects(train(worker, taskOf('n1'), { onProgress: () => void worker.stop() }), WorkerLost);
        await Promise.all([lost, worker.stop()]);
      },
    ),
  ),
  promise(
    'a worker that is stopped has the time that its trainer asks for, and takes no longer than it needs',
    { tasks: { n1: 'linger' }, secondsToStop: 10 },
    async (worker) => {
      const start = performance.now();
      const lost = assert.rejects(train(worker, taskOf('n1'), { onProgress: () => void worker.stop() }), WorkerLost);
      await Promise.all([lost, worker.stop()]);
      const seconds = (performance.now() - start) / 1000;
      assert.ok(seconds >= 0.9 && seconds < 9, `it took ${seconds} s`);
    },
  ),
  promise('a worker that is stopped is gone, and may be stopped again', {}, async (worker) => {
    await Promise.all([worker.stop(), worker.stop()]);
    await worker.stop();
    await assert.rejects(train(worker, taskOf('n0')), WorkerLost);
  }),
  promise(
    'workers are independent: one trains while another hangs',
    { tasks: { n1: 'hang' } },
    async (worker, runner) => {
      const hung = assert.rejects(train(worker, taskOf('n1')), WorkerLost);
      await withWorker(runner, async (other) => {
        assert.equal((await train(other, taskOf('n2'))).kind, 'trained');
      });
      await Promise.all([hung, worker.stop()]);
    },
  ),
  brokenStart('bad input at the start of a worker keeps its fields', 'refuse', (error) => {
    assert.ok(error instanceof InvalidInputError, String(error));
    assertEqual(error.input, { key: 'dataset', problem: 'no such folder', expected: 'a folder' });
  }),
  brokenStart('another error at the start of a worker keeps its message', 'throw', (error) => {
    assert.ok(error instanceof Error && !(error instanceof InvalidInputError || error instanceof WorkerLost));
    assert.match(error.message, /no such block/);
  }),
  brokenStart('a worker that dies as it starts is lost', 'die', (error) => {
    assert.ok(error instanceof WorkerLost, String(error));
  }),
  abortedStart('an abort ends the start of a worker, with its reason', 100),
  abortedStart('an abort from before ends the start of a worker, with its reason', 0),
];

const signalOfNobody = new AbortController().signal;

/** Compares plain data, also of another realm, as test frameworks have them. */
function assertEqual(actual: unknown, expected: unknown): void {
  assert.deepEqual(JSON.parse(JSON.stringify(actual)), expected);
}

/** A case about a worker that starts well. */
function promise(
  title: string,
  script: TrainerScript,
  check: (worker: RunnerWorker, runner: Runner) => Promise<void>,
): RunnerCase {
  return {
    title,
    check: async (runnerOf) => {
      const runner = runnerOf(script);
      await beforeDeadline(withWorker(runner, (worker) => check(worker, runner)));
    },
  };
}

/** A case about a worker that does not start. */
function brokenStart(title: string, start: 'refuse' | 'throw' | 'die', check: (error: unknown) => void): RunnerCase {
  return {
    title,
    check: async (runnerOf) => {
      check(await beforeDeadline(errorOf(runnerOf({ start }).start(signalOfNobody))));
    },
  };
}

/** A case about a start that is aborted after so many milliseconds, 0 for before it. */
function abortedStart(title: string, delay: number): RunnerCase {
  return {
    title,
    check: async (runnerOf) => {
      const controller = new AbortController();
      const reason = new Error('enough');
      if (delay === 0) controller.abort(reason);
      const start = errorOf(runnerOf({ start: 'hang' }).start(controller.signal));
      await setTimeout(delay);
      controller.abort(reason);
      assert.equal(await beforeDeadline(start), reason);
    },
  };
}

async function withWorker(runner: Runner, use: (worker: RunnerWorker) => Promise<void>): Promise<void> {
  const worker = await runner.start(signalOfNobody);
  try {
    await use(worker);
  } finally {
    await worker.stop();
  }
}

function train(worker: RunnerWorker, task: TrainingTask, watch: Partial<TrainingWatch> = {}): Promise<WorkerResult> {
  return worker.train(task, { onProgress: () => undefined, onEpoch: () => undefined, ...watch });
}

async function errorOf(start: Promise<RunnerWorker>): Promise<unknown> {
  let worker: RunnerWorker;
  try {
    worker = await start;
  } catch (error) {
    return error;
  }
  await worker.stop();
  throw new Error('the worker started');
}

async function beforeDeadline<T>(result: Promise<T>): Promise<T> {
  const late = new AbortController();
  const deadline = setTimeout(deadlineSeconds * 1000, undefined, { signal: late.signal }).then(() => {
    throw new Error(`no end within ${deadlineSeconds} s`);
  });
  try {
    return await Promise.race([result, deadline]);
  } finally {
    late.abort();
    deadline.catch(() => undefined);
  }
}

function taskOf(id: string, seed = 1): TrainingTask {
  const config = {
    ...{ stem: { type: 'res_stem_cifar', width: 8 }, block: 'x', squeezeExcitationRatio: 0, headWidth: 0 },
    ...{ stages: [{ depth: 1, width: 8, stride: 1, bottleneckRatio: 1, groupWidth: 8 }] },
    ...{ classes: 10, imageSize: 8, imageChannels: 1 },
  };
  const network = { id, index: 0, config, complexity: { flops: 1, params: 1, acts: 1 }, parameters: {} };
  return { arm: 'a', network, replicate: 0, seed, conditions: 'c1' };
}
