import { setTimeout } from 'node:timers/promises';
import type { Random } from '@netspace/contracts';
import type { RedisServer } from './redis-server.js';

/** A process that serves a queue. */
interface WorkerProcess {
  /** Sends it a signal. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends it as a crash does; resolves when it is gone. */
  kill(): Promise<void>;
}

/** A run over a queue that something goes wrong with. */
export interface FaultyRun {
  readonly server: RedisServer;
  /** Milliseconds without a sign of life after which a worker is gone. */
  readonly patience: number;
  readonly workers: Set<WorkerProcess>;
  /** Adds a worker. */
  startWorker(): unknown;
}

/** Something that goes wrong once; it is over when the promise resolves. */
export type Fault = (run: FaultyRun, random: Random) => Promise<void>;

function someWorker({ workers }: FaultyRun, random: Random): WorkerProcess {
  return [...workers][random.integer(0, workers.size - 1)]!;
}

/** What goes wrong with a queue, by what it is: each result is there once all the same, and is that of an undisturbed run. */
export const queueFaults: Readonly<Record<string, Fault>> = {
  'a worker is killed, and another one comes': async (run, random) => {
    await setTimeout(random.integer(0, 200));
    const worker = someWorker(run, random);
    run.workers.delete(worker);
    await worker.kill();
    run.startWorker();
  },
  'the server is killed and started anew': async ({ server }, random) => {
    await server.restart(random.integer(0, 500));
  },
  'the server loses all it has': ({ server }) => {
    server.ask('flushall');
    return Promise.resolve();
  },
  'the server answers nothing for longer than a worker may give no sign': async ({ server, patience }) => {
    await server.pause(2 * patience);
  },
  'a worker is stopped for longer than it may give no sign, and goes on': async (run, random) => {
    const worker = someWorker(run, random);
    worker.signal('SIGSTOP');
    await setTimeout(2.5 * run.patience);
    worker.signal('SIGCONT');
  },
};
