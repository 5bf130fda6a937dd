import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Conditions, InvalidInputError, type Runner } from '@netspace/contracts';
import { type LedRun, QueueAddress, QueueRunner, type Served, serveQueue } from '@netspace/queue';
import { Queue } from 'bullmq';
import { runKey } from './announced-runs.js';
import { thisProcess } from './process-identity.js';
import { noServer, RedisServer } from './testing/redis-server.js';
import { ToyRun, toyTasks, undisturbed } from './fixtures/toy-run.js';

if (noServer !== undefined) process.stdout.write(`Skipped: what serves a queue (${noServer})\n`);
const withServer = noServer === undefined ? describe : describe.skip;

let server: RedisServer;
const runs: ToyRun[] = [];
beforeAll(async () => {
  if (noServer === undefined) server = await RedisServer.start();
});
afterEach(() => Promise.all(runs.splice(0).map((run) => run.close())));
afterAll(async () => {
  if (noServer === undefined) await server.remove();
});

function toyRun(options: ConstructorParameters<typeof ToyRun>[1]): ToyRun {
  const run = new ToyRun(server, options);
  runs.push(run);
  return run;
}

withServer('serveQueue(address, run, options)', () => {
  test('a worker that is stopped and goes on says that its result is late, which counts once', async () => {
    const run = toyRun({ lanes: 1, milliseconds: 1500, patience: 1000 });
    const late = run.startWorker();
    const training = run.train(1);
    await run.isBegun();
    late.signal('SIGSTOP');
    const other = run.startWorker();
    while (run.retries.length === 0) await setTimeout(20);
    late.signal('SIGCONT');
    await training;
    expect(run.results).toEqual(undisturbed(1));
    expect(run.retries).toEqual(['its worker gave no sign of life for 1 s']);
    expect(JSON.parse(await late.output)).toEqual({ delivered: 0, late: 1, givenBack: 0 });
    expect(JSON.parse(await other.output)).toMatchObject({ givenBack: 0 });
  });

  test('the first SIGTERM lets what is under way go to its end, and takes no more; others go on', async () => {
    const run = toyRun({ lanes: 2, milliseconds: 400 });
    const drained = run.startWorker();
    const training = run.train(6);
    await run.isBegun();
    drained.signal('SIGTERM');
    expect(JSON.parse(await drained.output)).toEqual({ delivered: 2, late: 0, givenBack: 0 });
    expect(run.appended).toHaveLength(2);
    run.startWorker();
    await training;
    expect([run.results, run.retries]).toEqual([undisturbed(6), []]);
  });

  test('the second SIGTERM gives back what is under way, which is lost by nobody', async () => {
    const run = toyRun({ lanes: 1, milliseconds: 2400 });
    const impatient = run.startWorker();
    const training = run.train(1);
    await run.isBegun();
    impatient.signal('SIGTERM');
    await setTimeout(100);
    impatient.signal('SIGTERM');
    expect(JSON.parse(await impatient.output)).toEqual({ delivered: 0, late: 0, givenBack: 1 });
    run.startWorker();
    await training;
    expect([run.results, run.retries]).toEqual([undisturbed(1), []]);
  });

  test('over TLS, whose authority is named as for all of Node.js', async () => {
    const encrypted = await RedisServer.start({ isEncrypted: true });
    try {
      const script = fileURLToPath(new URL('fixtures/lead-and-serve.mjs', import.meta.url));
      const child = spawn(process.execPath, [script, encrypted.url], {
        env: { ...process.env, NODE_EXTRA_CA_CERTS: encrypted.authority },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      expect(JSON.parse(await text(child.stdout))).toMatchObject({ kind: 'trained', outcome: { error: 37 } });
    } finally {
      await encrypted.remove();
    }
  });
});

/** A runner that trains nothing, and counts what it was asked for. */
class Witness implements Runner {
  asked = 0;
  start = () => {
    const description = { netspace: '1', node: '20', evaluator: 'none', instructionSet: null, host: 'here' };
    const train = (): Promise<never> => Promise.reject(new Error(String(this.asked++)));
    return Promise.resolve({ description, train, stop: () => Promise.resolve() });
  };
}

/** With what a run is refused to who would lead it, and to who would serve it. */
async function refusals(address: QueueAddress, run: LedRun): Promise<unknown[]> {
  const served = serveQueue(address, run, { runner: new Witness(), workers: 1 });
  const settled = await Promise.allSettled([QueueRunner.open(address, run), served]);
  return settled.map((one): unknown => (one.status === 'rejected' ? (one.reason as unknown) : undefined));
}

const conditions = (epochs: number): Record<string, Conditions> => ({
  RegNetX: {
    ...{ seed: 1, evaluator: { kind: 'plugin' }, dataset: null, plugins: {} },
    recipe: {
      ...{ epochs, batchSize: 16, labelSmoothing: 0, warmup: { epochs: 0, factor: 1 } },
      learningRate: { schedule: 'cosine', base: 0.1, minimumFactor: 0 },
      augmentation: { cropPadding: 0, mirror: false },
      optimizer: { momentum: 0.9, nesterov: false, weightDecay: 0, batchNormWeightDecay: 0, biasWeightDecay: 0 },
    },
  },
});

withServer('a job that another program wrote', () => {
  test.each<[what: string, id: string, data: unknown]>([
    ['is no task', 'r1-c1-n0-0', { module: 'file:///tmp/evil.mjs', command: ['rm'] }],
    ['is a task with more in it', 'r1-c1-n0-0', { ...toyTasks(1)[0], plugin: './evil.mjs' }],
    ['has another id', 'r1-c1-n0-1', toyTasks(1)[0]],
  ])('that %s is answered, and nothing is trained', async (_, jobId, data) => {
    const address = QueueAddress.of(server.url);
    const run = { name: randomUUID(), conditions: {}, hashes: ['c1'] };
    const [runner, drain] = [new Witness(), new AbortController()];
    const served = serveQueue(address, run, { runner, workers: 1, drain: drain.signal });
    const connection = await address.connect();
    const name = `${run.name}-44136fa355b3678a`;
    const queue = new Queue<unknown>(name, { connection, prefix: 'netspace' });
    const job = await queue.add('train', data, { jobId });
    while ((await queue.getJobState(job.id!)) !== 'completed') await setTimeout(20);
    expect((await queue.getJob(job.id!))?.returnvalue).toMatchObject({
      result: { kind: 'failed', message: 'the job is none of this run' },
    });
    drain.abort();
    expect(await served).toMatchObject({ delivered: 0 });
    expect(runner.asked).toBe(0);
    await queue.close();
    connection.disconnect();
  });
});

withServer('a user of the server who may not do what is needed', () => {
  test('is told so, without the password', async () => {
    server.ask('acl', 'setuser', 'guest', 'on', '>mellon', '~other:*', '+@all');
    const address = QueueAddress.of(`redis://guest:mellon@localhost:${server.port}`);
    const run = { id: randomUUID(), name: randomUUID(), conditions: {}, hashes: ['c1'] };
    for (const error of await refusals(address, run)) {
      expect(error).toBeInstanceOf(InvalidInputError);
      expect(inspect(error)).toContain('NOPERM');
      expect(inspect(error)).not.toContain('mellon');
    }
  });
});

withServer('a run of the same name under other conditions', () => {
  test('is refused to who would train for it, with what differs; not where one of the same is led, too', async () => {
    const address = QueueAddress.of(server.url);
    const first = await QueueRunner.open(address, {
      ...{ id: randomUUID(), name: 'tiny', conditions: conditions(2), hashes: ['c2'] },
    });
    const run = { id: randomUUID(), name: 'tiny', conditions: conditions(3), hashes: ['c3'] };
    const refused = serveQueue(address, run, { runner: new Witness(), workers: 1 });
    await expect(refused).rejects.toThrow(InvalidInputError);
    await expect(refused).rejects.toThrow(
      /--queue: redis:.* named tiny is trained under other conditions: RegNetX.recipe.epochs: 2 then, 3 now/,
    );
    const second = await QueueRunner.open(address, run);
    const served = serveQueue(address, run, { runner: new Witness(), workers: 1 });
    await second.start(new AbortController().signal);
    await second.finish();
    await Promise.all([second.close(), first.close()]);
    expect(await served).toMatchObject({ delivered: 0 });
  });
});

withServer('two runs of the same content', () => {
  test('have the same workers and each its own results, whichever ends first', async () => {
    const name = randomUUID();
    const [short, long] = [6, 30].map((count) => ({ run: toyRun({ name, lanes: 1, milliseconds: 50 }), count }));
    const workers = [short!.run.startWorker(), long!.run.startWorker()];
    const trained = [short!, long!].map(async ({ run, count }) => {
      await run.train(count);
      return performance.now();
    });
    const [firstEnd, lastEnd] = await Promise.all(trained);
    expect(firstEnd).toBeLessThan(lastEnd!);
    for (const { run, count } of [short!, long!]) expect([run.results, run.retries]).toEqual([undisturbed(count), []]);
    const served = await Promise.all(workers.map(async ({ output }) => JSON.parse(await output) as Served));
    // Each training once for each run.
    expect(served.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(36);
    expect(served.every(({ late, givenBack }) => late + givenBack === 0)).toBe(true);
    expect(server.ask('keys', `netspace:${name}-*`).replaceAll(/\S*:stalled-check/g, '')).toBe('');
  });

  test('a run that a process leads is refused to another one, as of a copy of its folder; not once that is gone', async () => {
    const address = QueueAddress.of(server.url);
    const run = { id: randomUUID(), name: randomUUID(), conditions: {}, hashes: ['c1'] };
    const first = await QueueRunner.open(address, run);
    await expect(QueueRunner.open(address, run)).rejects.toThrow(/another process leads this run of .*from a copy/);
    await first.close();
    await (await QueueRunner.open(address, run)).close();
  });

  const onLinux = existsSync('/proc/self/stat') ? test : test.skip;
  onLinux.each([
    ['is gone from this machine: another one leads it', { begin: '1' }, false],
    ['is there: another one is refused', {}, true],
    ['is of another machine: another one is refused', { machine: 'elsewhere', begin: '1' }, true],
  ])('what is said of a run by a process that %s', async (_, other, refuses) => {
    const run = { id: randomUUID(), name: randomUUID(), conditions: {}, hashes: ['c1'] };
    const key = runKey(run.name, run.id);
    const said = { leader: 'other', process: { ...thisProcess()!, ...other }, isDone: false, conditions: {} };
    let beats = 0;
    // As if it still said so: who looks for a while sees that.
    const say = (): unknown => server.ask('set', key, JSON.stringify({ ...said, beats: beats++ }));
    say();
    const saying = setInterval(say, 500);
    try {
      const opened = QueueRunner.open(QueueAddress.of(server.url), run);
      if (refuses) await expect(opened).rejects.toThrow(/another process leads this run/);
      else await (await opened).close();
    } finally {
      clearInterval(saying);
    }
  });
});
