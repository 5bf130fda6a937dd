/** Processes that are ended at random moments, without a word or by one. */
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import { areEqual, childrenOf, draw, finish, netspace, recordsIn, resultsOf, signal, startNetspace } from './a-run.mjs';

/**
 * Trains a study while something happens to its workers, `times` in all; the run is made anew as often as it is done before
 * that.
 *
 * @param commands - The arguments of each process that leads, in the folder of a run.
 * @param happen - Does it to a worker, by its number, and told whether a result was kept since it started; false where it could not
 *   be done.
 * @param told - What is told of it on the standard error.
 */
export async function disturbWorkers({ study, folder, whole, random }, times, { name, commands, happen, told, env }) {
  let [count, equal, runs, lines] = [0, true, 0, 0];
  while (count < times && equal) {
    const directory = join(folder, `${name}-${runs++}`);
    await draw(study, directory);
    let isDone = false;
    while (!isDone && count < times) {
      const before = recordsIn(directory);
      const started = commands(directory).map((args) => startNetspace(args, { env }));
      const hasKept = () => recordsIn(directory) > before;
      const ended = Promise.all(started.map((one) => one.ended)).then((all) => {
        isDone = all.every(({ status }) => status === 0);
        for (const { errors } of all) lines += told === undefined ? 0 : (errors.match(told)?.length ?? 0);
        return true;
      });
      while (count < times && !(await Promise.race([ended, setTimeout(random() * 400)]))) {
        const leader = started[Math.floor(random() * started.length)];
        const workers = await childrenOf(leader.child.pid);
        if (workers.length > 0 && happen(workers[Math.floor(random() * workers.length)], hasKept())) count++;
      }
      await ended;
    }
    equal = areEqual(await (isDone ? resultsOf(directory) : finish(study, directory)), whole);
  }
  return { times: count, seen: told === undefined ? runsOf(runs) : `${lines} told`, equal };
}

const runsOf = (count) => `${count} ${count === 1 ? 'run' : 'runs'}`;

export const kill = (id) => signal(id, 'SIGKILL');

/** The command that trains what a run has not, by two workers. */
export const trainingOf = (study) => (out) => [['study', 'train', study, '--out', out, '--resume', '--workers', '2']];

export const workerOfOneProcess = {
  name: 'a worker is killed (SIGKILL), one process leads',
  run: (room, times) =>
    disturbWorkers(room, times, { name: 'workers', commands: trainingOf(room.study), happen: kill }),
};

export const workerOfShards = {
  name: 'a worker is killed (SIGKILL), two shards that steal',
  run(room, times) {
    const shard = (out, index) => [
      'study',
      'train',
      room.study,
      '--out',
      out,
      '--shard',
      `${index}/2`,
      '--steal',
      '--workers',
      '1',
    ];
    const commands = (out) => [shard(out, 1), shard(out, 2)];
    return disturbWorkers(room, times, { name: 'shards', commands, happen: kill });
  },
};

export const leader = {
  name: 'the process that leads is killed (SIGKILL), and resumed',
  run: (room, times) => endLeader(room, times, 'SIGKILL'),
};

export const toldToEnd = {
  name: 'the process that leads gets SIGTERM, and has 10 seconds',
  run: (room, times) => endLeader(room, times, 'SIGTERM'),
};

/** Runs a study while its process is ended by a signal, `times` in all, and resumed; anew as often as it is done before that. */
async function endLeader({ study, folder, whole, random }, times, name) {
  let [count, equal, runs] = [0, true, 0];
  while (count < times && equal) {
    const directory = join(folder, `${name}-${runs++}`);
    let isDone = false;
    while (!isDone && count < times) {
      const args = ['study', 'run', study, '--out', directory, '--resume', '--workers', '2'];
      const { child, ended } = startNetspace(args);
      isDone = (await Promise.race([ended, setTimeout(200 + random() * 2500)])) !== undefined;
      if (isDone) continue;
      child.kill(name);
      count++;
      const late = setTimeout(10_000, 'late', { ref: false });
      if ((await Promise.race([ended, late])) === 'late') throw new Error(`it goes on ten seconds after ${name}`);
    }
    // It may have ended before its networks were drawn.
    if (!isDone) await netspace(['study', 'sample', study, '--out', directory, '--resume']);
    equal = areEqual(await (isDone ? resultsOf(directory) : finish(study, directory)), whole);
  }
  return { times: count, seen: runsOf(runs), equal };
}
