/** Clocks on the wall that jump by an hour while processes train a run together. */
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import { noServer, RedisServer } from '@netspace/queue/testing';
import { areEqual, draw, madeTwice, resultsOf, startNetspace } from './a-run.mjs';
import { noFalseTime, startsInFalseTime, WallClock } from './false-time.mjs';

const hour = 3600;

/**
 * Trains a study while the clock of one of its processes jumps, `times` in all; anew as often as it is done before that.
 *
 * @param commands - The arguments of each process that takes part, in the folder of a run.
 */
async function jump({ study, folder, whole, random }, times, name, commands) {
  let [jumps, equal, runs] = [0, true, 0];
  while (jumps < times && equal) {
    const directory = join(folder, `${name}-${runs++}`);
    await draw(study, directory);
    const started = commands(directory).map((args, index) => {
      const clock = new WallClock(join(folder, `${name}-clock-${index}`));
      return { clock, ...startNetspace(args, { env: clock.environment }) };
    });
    const ended = Promise.all(started.map((one) => one.ended));
    while (!(await Promise.race([ended, setTimeout(random() * 500)]))) {
      const { clock } = started[Math.floor(random() * started.length)];
      clock.set((Math.floor(random() * 3) - 1) * hour);
      jumps++;
    }
    for (const { status, errors } of await ended) if (status !== 0) throw new Error(`ended with ${status}: ${errors}`);
    equal = areEqual(await resultsOf(directory), whole) && madeTwice(directory) === 0;
  }
  return { times: jumps, seen: `${runs} ${runs === 1 ? 'run' : 'runs'}`, equal };
}

export const clocksOfShards = {
  name: 'the clock jumps by an hour (libfaketime), three shards that steal',
  async run(room, times) {
    if (noFalseTime !== undefined) return { times: 0, seen: `skipped: ${noFalseTime}`, equal: true };
    const shard = (directory, index) => [
      'study',
      'train',
      room.study,
      '--out',
      directory,
      '--shard',
      `${index}/3`,
      '--steal',
      '--workers',
      '1',
    ];
    const commands = (directory) => [1, 2, 3].map((index) => shard(directory, index));
    return jump(room, times, 'clocks-of-shards', commands);
  },
};

export const clocksOfQueue = {
  name: 'the clock jumps by an hour (libfaketime), over a queue: of who leads, of two workers',
  async run(room, times) {
    const missing = noFalseTime ?? noServer;
    if (missing !== undefined) return { times: 0, seen: `skipped: ${missing}`, equal: true };
    const server = await RedisServer.start();
    const queue = ['--queue', server.url];
    const commands = (directory) => [
      ['study', 'train', room.study, '--out', directory, '--resume', ...queue],
      ...[1, 2].map(() => ['worker', room.study, ...queue, '--workers', '1']),
    ];
    try {
      return await jump(room, times, 'clocks-of-queue', commands);
    } finally {
      await server.remove();
    }
  },
};

export const clockOfServer = {
  name: 'the clock jumps by an hour (libfaketime), over a queue: of the server',
  async run(room, times) {
    const missing = noFalseTime ?? noServer;
    if (missing !== undefined) return { times: 0, seen: `skipped: ${missing}`, equal: true };
    if (!startsInFalseTime('redis-server')) {
      return { times: 0, seen: 'skipped: this redis-server does not start with libfaketime', equal: true };
    }
    const clock = new WallClock(join(room.folder, 'clock-of-server'));
    const server = await RedisServer.start({ environment: clock.environment });
    try {
      return await jumpOfServer(room, times, server, clock);
    } finally {
      await server.remove();
    }
  },
};

/** What is locked on a server is free when its clock jumps: a training may be lost three times, and is tried again by who resumes. */
async function jumpOfServer({ study, folder, whole, random }, times, { url }, clock) {
  let [jumps, equal, runs] = [0, true, 0];
  while (jumps < times && equal) {
    const directory = join(folder, `clock-of-server-${runs++}`);
    await draw(study, directory);
    const worker = startNetspace(['worker', study, '--queue', url, '--workers', '2']);
    for (let isDone = false; !isDone;) {
      const leader = startNetspace(['study', 'train', study, '--out', directory, '--resume', '--queue', url]);
      while (!(await Promise.race([leader.ended, setTimeout(random() * 1000)]))) {
        clock.set((Math.floor(random() * 3) - 1) * hour);
        jumps++;
      }
      isDone = (await leader.ended).status === 0;
    }
    const { status, errors } = await worker.ended;
    if (status !== 0) throw new Error(`its worker ended with ${status}: ${errors}`);
    equal = areEqual(await resultsOf(directory), whole) && madeTwice(directory) === 0;
  }
  return { times: jumps, seen: `${runs} ${runs === 1 ? 'run' : 'runs'}`, equal };
}
