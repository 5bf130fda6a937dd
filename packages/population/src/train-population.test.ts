import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import type { Runner, RunnerWorker, TrainingRecord, TrainingTask } from '@netspace/contracts';
import { ToyRunner } from './fixtures/toy-runner.js';
import { ToyStore } from './fixtures/toy-store.js';
import { toyTasks } from './fixtures/toy-tasks.js';
import type { PopulationEvent } from './population-event.js';
import { type PopulationRun, type TrainingCounts, trainPopulation } from './train-population.js';
import { WatchedRunner } from './watched-runner.js';

const realInterval = setInterval;

type ToyRun = Partial<PopulationRun> & { readonly tasks: readonly TrainingTask[] };

/** Trains toys on two workers and returns what happened. */
async function trainToys(run: ToyRun): Promise<{ counts: TrainingCounts; events: PopulationEvent[] }> {
  const events: PopulationEvent[] = [];
  const onEvent = (event: PopulationEvent): unknown => events.push(event);
  const rest = { store: new ToyStore(), runner: new ToyRunner(), workers: 2, writer: 'local', onEvent };
  return { counts: await trainPopulation({ ...rest, ...run }), events };
}

/** What decides a record: not when, how long and by which worker. */
const resultsOf = (records: readonly TrainingRecord[]): unknown[] =>
  records
    .map((record) => ({ ...record, provenance: undefined }))
    .sort((a, b) => a.network.index - b.network.index || a.replicate - b.replicate);

const statusById = async (store: ToyStore): Promise<Record<string, string>> =>
  Object.fromEntries((await store.records()).map(({ network, status }) => [network.id, status]));

describe('trainPopulation(run)', () => {
  test('a training that hangs is tried again on other workers, then failed; the others go on', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const time = realInterval(() => jest.advanceTimersByTime(5000), 1);
    try {
      const store = new ToyStore();
      const runner = new ToyRunner({ trouble: { n1: 'hang' } });
      const watched = new WatchedRunner(runner);
      const { counts, events } = await trainToys({ tasks: toyTasks(3), store, runner: watched });
      expect(counts).toEqual({ trained: 2, failed: 1 });
      expect(await statusById(store)).toEqual({ n0: 'completed', n1: 'failed', n2: 'completed' });
      const reasons = events.flatMap((event) => (event.kind === 'retried' ? [event.reason] : []));
      expect(reasons).toEqual(Array(2).fill(expect.stringContaining('made no progress for')));
      expect(runner.workers.size).toBe(0);
    } finally {
      clearInterval(time);
      jest.useRealTimers();
    }
  });

  test.each([1, 2, 3, 50])('gives the same results with %d workers', async (workers) => {
    const store = new ToyStore();
    const { counts } = await trainToys({ tasks: toyTasks(8), store, workers });
    expect(counts).toEqual({ trained: 8, failed: 0 });
    expect(resultsOf(store.appended)).toEqual(
      toyTasks(8).map((task) => {
        const testError = task.network.complexity.flops;
        const measured = { top5Error: null, validationError: null, seconds: 1, imagesPerSecond: null };
        const epochs = [{ epoch: 1, testError, seconds: 1 }];
        return { ...task, status: 'completed', error: testError, epochs, ...measured };
      }),
    );
  });

  test('says in each record what trained it, when, at which attempt, and who wrote it', async () => {
    const store = new ToyStore();
    const runner = new ToyRunner({ trouble: { n0: 'lose once' } });
    const before = new Date().toISOString();
    await trainToys({ tasks: toyTasks(1), store, runner, writer: 'node-7' });
    const { date, ...provenance } = store.appended[0]!.provenance;
    const description = { netspace: '1.0.0', node: '20.0.0', evaluator: 'toy', instructionSet: null, host: 'host-2' };
    expect(provenance).toEqual({ ...description, attempt: 2, writer: 'node-7' });
    expect([before, date, new Date().toISOString()].sort()[1]).toBe(date);
  });

  test('trains only what has no result: more networks, more replicates, what several arms share once', async () => {
    const store = new ToyStore();
    await trainToys({ tasks: toyTasks(3), store });
    const tasks = [...toyTasks(4), ...toyTasks(4, { arm: 'b' }), ...toyTasks(2, { replicate: 1 })];
    const { counts } = await trainToys({ tasks, store });
    expect(counts).toEqual({ trained: 3, failed: 0 });
    const added = store.appended.slice(3).map(({ arm, network, replicate }) => [arm, network.id, replicate]);
    expect(added.sort()).toEqual([
      ['a', 'n0', 1],
      ['a', 'n1', 1],
      ['a', 'n3', 0],
    ]);
  });

  test('starts no worker where nothing is missing', async () => {
    const store = new ToyStore();
    const runner = new ToyRunner();
    await trainToys({ tasks: toyTasks(3), store });
    const { counts, events } = await trainToys({ tasks: toyTasks(3), store, runner });
    expect([counts, events, runner.workersStarted]).toEqual([{ trained: 0, failed: 0 }, [], 0]);
  });

  test('tells of each training that it starts, how it goes on and how it ends, and what is left', async () => {
    const { events } = await trainToys({ tasks: toyTasks(2), workers: 1 });
    const told = events.map((event) => {
      if (event.kind === 'enough' || event.kind === 'notice') return [event.kind];
      const { id } = 'task' in event ? event.task.network : event.record.network;
      return [event.kind, id, ...('done' in event ? [event.done, event.total] : [])];
    });
    expect(told).toEqual([
      ['started', 'n0'],
      ['progress', 'n0', 0, 2],
      ['epoch', 'n0'],
      ['trained', 'n0', 1, 2],
      ['started', 'n1'],
      ['progress', 'n1', 1, 2],
      ['epoch', 'n1'],
      ['trained', 'n1', 2, 2],
    ]);
    expect(events.at(-1)).toMatchObject({ secondsLeft: 0 });
  });

  test('a training that throws becomes a failed record, told at once, and the next run tries it again', async () => {
    const store = new ToyStore();
    const runner = new ToyRunner({ trouble: { n0: 'throw' } });
    const { counts, events } = await trainToys({ tasks: toyTasks(3), store, runner, workers: 1 });
    expect(counts).toEqual({ trained: 2, failed: 1 });
    const ends = events.filter(({ kind }) => kind === 'trained' || kind === 'failed');
    expect(ends.map(({ kind }) => kind)).toEqual(['failed', 'trained', 'trained']);
    const record = { status: 'failed', message: 'no such block', provenance: { evaluator: 'toy', attempt: 1 } };
    expect(ends[0]).toMatchObject({ record, done: 1, total: 3 });
    const again = await trainToys({ tasks: toyTasks(3), store });
    expect(again.counts).toEqual({ trained: 1, failed: 0 });
    expect(await statusById(store)).toEqual({ n0: 'completed', n1: 'completed', n2: 'completed' });
  });

  test('a training whose worker is lost is tried again on a new worker, before the others', async () => {
    const runner = new ToyRunner({ trouble: { n0: 'lose once' } });
    const { counts, events } = await trainToys({ tasks: toyTasks(3), runner, workers: 1 });
    expect(counts).toEqual({ trained: 3, failed: 0 });
    expect(runner.workersStarted).toBe(2);
    expect(events.find(({ kind }) => kind === 'retried')).toMatchObject({
      ...{ task: { network: { id: 'n0' } }, reason: 'killed by SIGKILL', attempt: 1, attempts: 3 },
    });
    expect(startsOf(events)).toEqual(['n0', 'n0', 'n1', 'n2']);
  });

  test('a training whose worker is lost three times failed, and the others go on', async () => {
    const store = new ToyStore();
    const runner = new ToyRunner({ trouble: { n1: 'lose' } });
    const { counts, events } = await trainToys({ tasks: toyTasks(4), store, runner });
    expect(counts).toEqual({ trained: 3, failed: 1 });
    expect(events.filter(({ kind }) => kind === 'retried')).toHaveLength(2);
    const failed = store.appended.find(({ status }) => status === 'failed');
    expect(failed).toMatchObject({ network: { id: 'n1' }, message: 'killed by SIGKILL', provenance: { attempt: 3 } });
    expect(await statusById(store)).toMatchObject({ n0: 'completed', n2: 'completed', n3: 'completed' });
  });

  test.each([
    ['bad input', 'refuse', 'dataset: no such folder'],
    ['the loss of three workers', 'lose', 'a worker was lost as it started, 3 times: out of memory'],
  ] as const)('%s at the start of a worker ends the run with that error', async (_, start, message) => {
    const store = new ToyStore();
    await expect(trainToys({ tasks: toyTasks(3), store, runner: new ToyRunner({ start }) })).rejects.toThrow(message);
    expect(store.appended).toEqual([]);
  });

  test('a worker that is lost as it starts is started again, and told', async () => {
    const runner = new ToyRunner({ start: 'lose twice' });
    const { counts, events } = await trainToys({ tasks: toyTasks(3), runner, workers: 1 });
    expect([counts, runner.workersStarted]).toEqual([{ trained: 3, failed: 0 }, 1]);
    expect(events.slice(0, 2)).toEqual(
      [1, 2].map((attempt) => ({
        kind: 'notice',
        message: `A worker was lost as it started: killed as it starts (attempt ${attempt} of 3)`,
      })),
    );
  });

  test.each([0, 1.5, NaN])('%d workers are refused', async (workers) => {
    const message = `workers: got ${workers} (valid: an integer of at least 1)`;
    await expect(trainToys({ tasks: toyTasks(3), workers })).rejects.toThrow(message);
  });

  test('a record that cannot be written ends the run with that error; those before are kept, all workers gone', async () => {
    const store = new ToyStore(2);
    const runner = new ToyRunner({ trouble: { n1: 'hang' } });
    await expect(trainToys({ tasks: toyTasks(6), store, runner })).rejects.toThrow('a record cannot be written');
    expect(store.appended).toHaveLength(2);
    expect(runner.workers.size).toBe(0);
  });

  test('a record is written beside the next training of its worker, which waits for it before it hands over another', async () => {
    const { events } = await trainToys({ tasks: toyTasks(3), store: new SlowStore(), workers: 1 });
    const told = events.flatMap((event) => {
      if (event.kind === 'started') return [`start ${event.task.network.id}`];
      return event.kind === 'trained' ? [`keep ${event.record.network.id}`] : [];
    });
    expect(told).toEqual(['start n0', 'start n1', 'keep n0', 'start n2', 'keep n1', 'keep n2']);
  });

  test('a record that cannot be written beside a training ends that training and the run', async () => {
    const runner = new ToyRunner({ trouble: { n2: 'hang' } });
    const run = trainToys({ tasks: toyTasks(3), store: new SlowStore(1), runner, workers: 1 });
    await expect(run).rejects.toThrow('a record cannot be written');
    expect(runner.workers.size).toBe(0);
  });

  test('a listener that throws ends the run with its error', async () => {
    const runner = new ToyRunner();
    const onEvent = ({ kind }: PopulationEvent): void => {
      if (kind === 'progress') throw new Error('no terminal');
    };
    await expect(trainToys({ tasks: toyTasks(6), runner, onEvent })).rejects.toThrow('no terminal');
    expect(runner.workers.size).toBe(0);
  });
});

describe('trainPopulation({ isEnough })', () => {
  /** Enough once so many records are kept. */
  const enoughAt = (store: ToyStore, count: number) => (): boolean => store.appended.length >= count;

  test.each([1, 2])(
    'with %d workers no task begins once there is enough; those under way are kept',
    async (workers) => {
      const store = new ToyStore();
      const { counts, events } = await trainToys({ tasks: toyTasks(8), store, workers, isEnough: enoughAt(store, 3) });
      expect(counts.trained).toBe(store.appended.length);
      expect(counts.trained).toBeLessThan(3 + workers);
      expect(events.filter(({ kind }) => kind === 'enough')).toEqual([{ kind: 'enough', left: 8 - counts.trained }]);
      expect(startsOf(events)).toHaveLength(counts.trained);
    },
  );

  test('what decides is the record of the training before, however long it takes to write', async () => {
    const store = new SlowStore();
    const { counts } = await trainToys({ tasks: toyTasks(8), store, workers: 1, isEnough: enoughAt(store, 3) });
    expect(counts.trained).toBe(3);
  });

  test('starts no worker where there is enough, and says nothing of it where nothing is left', async () => {
    const store = new ToyStore();
    const runner = new ToyRunner();
    const { events } = await trainToys({ tasks: toyTasks(3), store, runner, isEnough: () => true });
    expect([events, runner.workersStarted]).toEqual([[{ kind: 'enough', left: 3 }], 0]);
    const whole = await trainToys({ tasks: toyTasks(3), store, isEnough: enoughAt(store, 3) });
    expect(whole.events.some(({ kind }) => kind === 'enough')).toBe(false);
  });
});

/** A store that takes longer to keep a record than a worker to train. */
class SlowStore extends ToyStore {
  override async append(record: TrainingRecord): Promise<void> {
    for (let turns = 0; turns < 5; turns++) await turn();
    await super.append(record);
  }
}

/** A runner to which one worker comes by itself; others are waited for in vain. */
class OneWorker implements Runner {
  readonly capacity = 1;
  private isThere = false;

  constructor(readonly inner: ToyRunner) {}

  async start(signal: AbortSignal): Promise<RunnerWorker> {
    if (this.isThere) {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    }
    this.isThere = true;
    const worker = await this.inner.start(signal);
    const leave = async (): Promise<void> => {
      this.isThere = false;
      await worker.stop();
    };
    return { description: worker.description, train: (task, watch) => worker.train(task, watch), stop: leave };
  }
}

describe('trainPopulation({ runner }) whose workers come by themselves', () => {
  test('ends when all is trained, whoever is still waited for', async () => {
    const { counts } = await trainToys({ tasks: toyTasks(9), workers: 20, runner: new OneWorker(new ToyRunner()) });
    expect(counts).toEqual({ trained: 9, failed: 0 });
  });

  test('packs the end for those that are there, however many may come', async () => {
    const { events } = await trainToys({ tasks: toyTasks(9), workers: 20, runner: new OneWorker(new ToyRunner()) });
    expect(startsOf(events).slice(0, 8)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7']);
  });

  test('an abort ends it', async () => {
    const controller = new AbortController();
    const runner = new OneWorker(new ToyRunner({ trouble: { n0: 'hang' } }));
    const onEvent = ({ kind }: PopulationEvent): void => {
      if (kind === 'started') controller.abort();
    };
    const run = trainToys({ tasks: toyTasks(9), workers: 20, runner, signal: controller.signal, onEvent });
    await expect(run).rejects.toThrow('interrupted: 0 of 9');
    expect(runner.inner.workers.size).toBe(0);
  });
});

const startsOf = (events: readonly PopulationEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'started' ? [event.task.network.id] : []));

describe('trainPopulation({ claim })', () => {
  test.each([1, 3])(
    'with %d workers trains what it gets, and leaves the others to whoever has them',
    async (workers) => {
      const store = new ToyStore();
      const claim = ({ network }: TrainingTask): Promise<boolean> => Promise.resolve(network.index % 2 === 0);
      const { counts, events } = await trainToys({ tasks: toyTasks(7), store, workers, claim });
      expect(counts).toEqual({ trained: 4, failed: 0 });
      expect(Object.keys(await statusById(store)).sort()).toEqual(['n0', 'n2', 'n4', 'n6']);
      expect(events.at(-1)).toMatchObject({ kind: 'trained', done: 4, total: 4, secondsLeft: 0 });
    },
  );

  test('asks again where a worker was lost', async () => {
    const asked: string[] = [];
    const claim = ({ network }: TrainingTask): Promise<boolean> => Promise.resolve(asked.push(network.id) > 0);
    const runner = new ToyRunner({ trouble: { n0: 'lose once' } });
    const { counts } = await trainToys({ tasks: toyTasks(2), runner, workers: 1, claim });
    expect([counts.trained, asked]).toEqual([2, ['n0', 'n0', 'n1']]);
  });

  test('a claim that cannot be made ends the run with its error', async () => {
    const runner = new ToyRunner();
    const claim = (): Promise<boolean> => Promise.reject(new Error('read-only'));
    await expect(trainToys({ tasks: toyTasks(6), runner, claim })).rejects.toThrow('read-only');
    expect(runner.workers.size).toBe(0);
  });
});

describe('trainPopulation({ signal })', () => {
  const interruption = (done: number): object => ({
    name: 'AbortError',
    message: `interrupted: ${done} of 6 networks are trained and kept; resume to train the others`,
  });

  test('an abort ends the run, says how far it is and keeps what is done', async () => {
    const store = new ToyStore();
    const runner = new ToyRunner({ trouble: { n1: 'throw' } });
    const controller = new AbortController();
    const onEvent = (event: PopulationEvent): void => {
      if ('done' in event && event.done === 3) controller.abort();
    };
    const run = trainToys({ tasks: toyTasks(6), store, runner, workers: 1, signal: controller.signal, onEvent });
    // One of the three failed.
    await expect(run).rejects.toMatchObject(interruption(2));
    expect(store.appended).toHaveLength(3);
    expect(runner.workers.size).toBe(0);
    expect((await trainToys({ tasks: toyTasks(6), store })).counts.trained).toBe(4);
  });

  test('an abort ends trainings that never end, whose networks are not tried again', async () => {
    const controller = new AbortController();
    const runner = new ToyRunner({ trouble: { n0: 'hang', n1: 'hang' } });
    const events: PopulationEvent[] = [];
    const onEvent = (event: PopulationEvent): void => {
      events.push(event);
      if (event.kind === 'started' && event.task.network.id === 'n1') controller.abort();
    };
    const run = trainToys({ tasks: toyTasks(6), runner, signal: controller.signal, onEvent });
    await expect(run).rejects.toMatchObject(interruption(0));
    expect(events.some(({ kind }) => kind === 'retried' || kind === 'failed')).toBe(false);
    expect(runner.workers.size).toBe(0);
  });

  test.each(['before the run', 'while workers start'])('an abort %s ends it', async (when) => {
    const controller = new AbortController();
    if (when === 'before the run') controller.abort();
    const runner = new ToyRunner({ start: 'hang' });
    const run = trainToys({ tasks: toyTasks(6), runner, signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(run).rejects.toMatchObject(interruption(0));
  });

  test('an abort of replicates counts trainings', async () => {
    const tasks = [...toyTasks(2), ...toyTasks(2, { replicate: 1 })];
    await expect(trainToys({ tasks, signal: AbortSignal.abort() })).rejects.toThrow(
      'interrupted: 0 of 4 trainings are done and kept; resume to train the others',
    );
  });
});
