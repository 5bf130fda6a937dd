/** Networks that do not train as others do. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { signal, wholeOf } from './a-run.mjs';
import { disturbWorkers, kill, trainingOf } from './ended.mjs';
import { hastened, noFalseTime } from './false-time.mjs';

export const diverging = {
  name: 'networks diverge, and a worker is killed (SIGKILL)',
  async run(room, times) {
    const { diverging: study } = room;
    const whole = await wholeOf(study);
    const diverged = [...whole.values()].filter((result) => JSON.parse(result).status === 'diverged').length;
    const how = { name: 'diverging', commands: trainingOf(study), happen: kill };
    const { equal, ...result } = await disturbWorkers({ ...room, study, whole }, times, how);
    return { ...result, seen: `${diverged} of ${whole.size} diverged`, equal: equal && diverged > 0 };
  },
};

/** Lets a process have little more memory than it has now. */
function limitMemory(id, bytes) {
  try {
    const kilobytes = Number(/VmData:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]);
    execFileSync('prlimit', [`--pid=${id}`, `--data=${1024 * kilobytes + bytes}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export const memory = {
  name: 'a worker gets no more memory (RLIMIT_DATA)',
  run: (room, times) =>
    disturbWorkers(room, times, {
      ...{ name: 'memory', commands: trainingOf(room.study) },
      happen: (id) => limitMemory(id, Math.floor(room.random() * 2e6)),
      told: /^.*(the worker process ended|memory|bad_alloc).*$/gm,
    }),
};

/** So much faster goes time, so that a hang is seen in seconds instead of minutes. */
const factor = 20;
/** Milliseconds after which what stands still must have been ended: ten minutes of its time. */
const limit = 30_000;

export const hang = {
  name: 'a training hangs (its worker is stopped, time goes 20 times as fast by libfaketime)',
  async run(room, times) {
    if (noFalseTime !== undefined) return { times: 0, seen: `skipped: ${noFalseTime}`, equal: true };
    const { long: study } = room;
    const whole = await wholeOf(study);
    const stopped = new Set();
    const happen = (id, hasKept) => {
      // Before that no speed is known, and nobody waits for an hour here.
      if (!hasKept || stopped.has(id) || !signal(id, 'SIGSTOP')) return false;
      stopped.add(id);
      setTimeout(() => signal(id, 'SIGCONT'), limit).unref();
      return true;
    };
    const how = { name: 'hang', commands: trainingOf(study), happen, told: /it hangs/g, env: hastened(factor) };
    return disturbWorkers({ ...room, study, whole }, times, how);
  },
};
