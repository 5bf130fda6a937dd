/** The process that leads a run over a queue, killed; its workers go on. */
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import { noServer, RedisServer } from '@netspace/queue/testing';
import { areEqual, draw, madeTwice, recordsIn, resultsOf, startNetspace } from './a-run.mjs';

export const leaderOverQueue = {
  name: 'the process that leads over a queue is killed (SIGKILL), and resumed',
  async run(room, times) {
    if (noServer !== undefined) return { times: 0, seen: `skipped: ${noServer}`, equal: true };
    const server = await RedisServer.start();
    try {
      return await killLeaders(room, times, server);
    } finally {
      await server.remove();
    }
  },
};

async function killLeaders({ study, folder, whole, random }, times, { url }) {
  let [killed, equal, runs] = [0, true, 0];
  while (killed < times && equal) {
    const directory = join(folder, `led-${runs++}`);
    await draw(study, directory);
    const worker = startNetspace(['worker', study, '--queue', url, '--workers', '2']);
    for (let isDone = false; !isDone;) {
      const leader = startNetspace(['study', 'train', study, '--out', directory, '--resume', '--queue', url]);
      const end = leader.ended.then(({ status, errors }) => {
        if (status !== 0 && status !== 'SIGKILL') throw new Error(`ended with ${status}: ${errors}`);
        isDone = status === 0;
      });
      if (killed < times) {
        await Promise.race([end, someMoment(directory, random, leader.child)]);
        if (!isDone && leader.child.kill('SIGKILL')) killed++;
      }
      await end;
    }
    const { status, errors } = await worker.ended;
    if (status !== 0) throw new Error(`its worker ended with ${status}: ${errors}`);
    equal = areEqual(await resultsOf(directory), whole) && madeTwice(directory) === 0;
  }
  return { times: killed, seen: `${runs} ${runs === 1 ? 'run' : 'runs'}`, equal };
}

/** As it starts, or when it has kept some more results; not beyond its end. */
async function someMoment(directory, random, child) {
  if (random() < 0.2) return setTimeout(random() * 1500);
  const wanted = recordsIn(directory) + Math.floor(random() * 10);
  while (child.exitCode === null && recordsIn(directory) < wanted) await setTimeout(5);
  await setTimeout(random() * 50);
}
