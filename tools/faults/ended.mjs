/** Processes that are ended at random moments, without a word or by one. */
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import { areEqual, childrenOf, draw, finish, kill, resultsOf, startNetspace } from './a-run.mjs';

/** Trains a study while workers are killed, `times` in all; the run is made anew as often as it is done before that. */
async function killWorkers({ study, folder, whole, random }, times, name, argumentsOf, processes) {
  let [killed, equal, runs] = [0, true, 0];
  while (killed < times && equal) {
    const directory = join(folder, `${name}-${runs++}`);
    await draw(study, directory);
    let isDone = false;
    while (!isDone && killed < times) {
      const started = Array.from({ length: processes }, (_, index) => startNetspace(argumentsOf(directory, index)));
      const ended = Promise.all(started.map((one) => one.ended)).then((all) => {
        isDone = all.every(({ status }) => status === 0);
        return true;
      });
      while (killed < times && !(await Promise.race([ended, setTimeout(random() * 400)]))) {
        const leader = started[Math.floor(random() * processes)];
        const workers = await childrenOf(leader.child.pid);
        if (workers.length > 0 && kill(workers[Math.floor(random() * workers.length)])) killed++;
      }
      await ended;
    }
    await finish(study, directory);
    equal = areEqual(await resultsOf(directory), whole);
  }
  return { times: killed, seen: `${runs} ${runs === 1 ? 'run' : 'runs'}`, equal };
}

export const workerOfOneProcess = {
  name: 'a worker is killed (SIGKILL), one process leads',
  run: (room, times) =>
    killWorkers(
      room,
      times,
      'workers',
      (out) => ['study', 'train', room.study, '--out', out, '--resume', '--workers', '2'],
      1,
    ),
};

export const workerOfShards = {
  name: 'a worker is killed (SIGKILL), two shards that steal',
  run: (room, times) => {
    const shard = (out, index) => {
      const own = ['--shard', `${index + 1}/2`, '--steal', '--workers', '1'];
      return ['study', 'train', room.study, '--out', out, ...own];
    };
    return killWorkers(room, times, 'shards', shard, 2);
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
async function endLeader({ study, folder, whole, random }, times, signal) {
  let [count, equal, runs] = [0, true, 0];
  while (count < times && equal) {
    const directory = join(folder, `${signal}-${runs++}`);
    let isDone = false;
    while (!isDone && count < times) {
      const args = ['study', 'run', study, '--out', directory, '--resume', '--workers', '2'];
      const { child, ended } = startNetspace(args);
      isDone = (await Promise.race([ended, setTimeout(200 + random() * 2500)])) !== undefined;
      if (isDone) continue;
      child.kill(signal);
      count++;
      const late = setTimeout(10_000, 'late', { ref: false });
      if ((await Promise.race([ended, late])) === 'late') throw new Error(`it goes on ten seconds after ${signal}`);
    }
    await finish(study, directory);
    equal = areEqual(await resultsOf(directory), whole);
  }
  return { times: count, seen: `${runs} ${runs === 1 ? 'run' : 'runs'}`, equal };
}
