import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import { queueFaults } from './testing/faults.js';
import { noServer, RedisServer } from './testing/redis-server.js';
import { ToyRun, undisturbed } from './fixtures/toy-run.js';

/** How often each fault happens in a run. */
const times = Number(process.env.NETSPACE_FAULTS ?? 1);
const limit = 60_000 + 20_000 * times;

if (noServer !== undefined) process.stdout.write(`Skipped: faults of a queue (${noServer})\n`);
/** Each over a server that keeps nothing, and what concerns it over one that does. */
const rooms = Object.keys(queueFaults).flatMap((kind) =>
  (kind.startsWith('the server is killed') ? [false, true] : [false]).map((isPersistent) => ({ kind, isPersistent })),
);

(noServer === undefined ? describe : describe.skip)(
  'each result is there once, and is that of an undisturbed run, where',
  () => {
    test.concurrent.each(rooms)(
      '$kind (a server that keeps what it has: $isPersistent)',
      async ({ kind, isPersistent }) => {
        const server = await RedisServer.start({ isPersistent });
        const run = new ToyRun(server);
        const random = openRandom(1);
        const count = 8 + (kind.startsWith('a worker is stopped') ? 100 : 12) * times;
        try {
          run.startWorker();
          run.startWorker();
          const training = run.train(count);
          for (let happened = 0; happened < times; happened++) {
            await run.more(4);
            await queueFaults[kind]!(run, random);
          }
          await training;
          expect(run.results).toEqual(undisturbed(count));
          expect(run.notices.join()).not.toContain(server.password);
        } finally {
          await run.close();
          await server.remove();
        }
      },
      limit,
    );
  },
);
