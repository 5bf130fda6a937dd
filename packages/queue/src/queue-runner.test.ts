import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, test } from '@jest/globals';
import type { Runner, RunnerWorker } from '@netspace/contracts';
// The builds: worker processes run them.
import { localRunner } from '@netspace/local-runner';
import { runnerConformance, type TrainerScript } from '@netspace/population/conformance';
import { noServer, RedisServer } from './testing/redis-server.js';
import { QueueAddress } from './queue-address.js';
import { QueueRunner } from './queue-runner.js';
import type { LedRun } from './queued-run.js';
import { serveQueue } from './serve-queue.js';

if (noServer !== undefined) process.stdout.write(`Skipped: trainings over a queue (${noServer})\n`);
const withServer = noServer === undefined ? describe : describe.skip;

let server: RedisServer;
let address: QueueAddress;
beforeAll(async () => {
  if (noServer !== undefined) return;
  server = await RedisServer.start();
  address = QueueAddress.of(server.url);
});
afterAll(async () => {
  if (noServer === undefined) await server.remove();
});

const workerModule = pathToFileURL(createRequire(import.meta.url).resolve('@netspace/population/conformance'));

const someRun = (): LedRun => ({ id: randomUUID(), name: randomUUID(), conditions: {}, hashes: ['c1'] });

/** A runner with a queue of its own; each worker that is started is one on the queue, which serves it alone. */
class ServedRunner implements Runner {
  private readonly run = someRun();
  private readonly opened: Promise<QueueRunner>;

  constructor(private readonly script: TrainerScript) {
    this.opened = QueueRunner.open(address, this.run, { patience: 2000 });
  }

  async start(signal: AbortSignal): Promise<RunnerWorker> {
    const runner = await this.opened;
    const giveBack = new AbortController();
    const served = serveQueue(address, this.run, {
      runner: localRunner({ workerModule, workerData: this.script }),
      ...{ workers: 1, drain: signal, giveBack: giveBack.signal, patience: 2000 },
    });
    const failed = served.then((): never => {
      throw new Error('it ended');
    });
    const end = async (): Promise<void> => {
      giveBack.abort();
      await served.catch(() => undefined);
    };
    try {
      const worker = await Promise.race([runner.start(signal), failed]);
      // A job that nobody has begun with is just taken from the queue: it is stopped in the middle.
      let begun: Promise<unknown> = Promise.resolve();
      return {
        description: worker.description,
        train: (task, watch) => {
          let begin: () => void = () => undefined;
          begun = new Promise<void>((resolve) => (begin = resolve));
          const onProgress = (share: number): void => {
            begin();
            watch.onProgress(share);
          };
          return worker.train(task, { ...watch, onProgress }).finally(begin);
        },
        stop: async () => {
          await begun;
          await worker.stop();
          await end();
        },
      };
    } catch (error) {
      await end();
      throw error;
    }
  }

  async close(): Promise<void> {
    await (await this.opened).close();
  }
}

withServer('a QueueRunner whose queue is served keeps the promises of every runner', () => {
  const runners: ServedRunner[] = [];
  afterEach(() => Promise.all(runners.splice(0).map((runner) => runner.close())));
  const runnerOf = (script: TrainerScript): Runner => {
    const runner = new ServedRunner(script);
    runners.push(runner);
    return runner;
  };

  test.each(runnerConformance)('$title', ({ check }) => check(runnerOf), 30_000);
});
