/** A disk that is full, files that may not grow, and a folder that can only be read. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { areEqual, draw, finish, recordsIn, resultsOf, startNetspace } from './a-run.mjs';

/** Trains where something is in the way. */
async function trainUntilRefused(study, directory, prefix) {
  const args = ['study', 'train', study, '--out', directory, '--resume', '--workers', '2'];
  checkRefused(await startNetspace(args, { prefix }).ended);
}

/** @throws Error where a command has not ended with a message that says what cannot be written. */
function checkRefused({ status, errors }) {
  if (status === 1 && /netspace: .*cannot be written/.test(errors) && !errors.includes('    at ')) return;
  throw new Error(`ended with ${status}: ${errors}`);
}

/** Runs a command that only some users may; whether it could be. */
function may(command, ...args) {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const skipped = { times: 0, seen: 'skipped: no disk may be mounted here', equal: true };

export const fileLimit = {
  name: 'files may not grow beyond a limit (RLIMIT_FSIZE)',
  async run({ study, folder, whole, random }, times) {
    let [kept, equal] = [0, true];
    for (let time = 0; time < times; time++) {
      const directory = join(folder, `limited-${time}`);
      await draw(study, directory);
      const kilobytes = 1 + Math.floor(random() * 40);
      await trainUntilRefused(study, directory, ['bash', '-c', `ulimit -f ${kilobytes}; exec "$@"`, 'limited']);
      kept += recordsIn(directory);
      equal = areEqual(await finish(study, directory), whole) && equal;
    }
    return { times, seen: `${kept} trainings kept before`, equal };
  },
};

export const fullDisk = {
  name: 'the disk is full',
  async run({ study, folder, whole, random }, times) {
    let [kept, equal] = [0, true];
    for (let time = 0; time < times; time++) {
      const disk = join(folder, `disk-${time}`);
      const directory = join(disk, 'run');
      mkdirSync(disk);
      if (!may('mount', '-t', 'tmpfs', '-o', 'size=16m', 'faults', disk)) return skipped;
      try {
        await draw(study, directory);
        const used = Number(execFileSync('du', ['-sk', disk], { encoding: 'utf8' }).split('\t')[0]);
        resize(disk, used + 4 + Math.floor(random() * 40));
        await trainUntilRefused(study, directory, []);
        kept += recordsIn(directory);
        resize(disk, 16_384);
        equal = areEqual(await finish(study, directory), whole) && equal;
      } finally {
        execFileSync('umount', [disk]);
      }
    }
    return { times, seen: `${kept} trainings kept before`, equal };
  },
};

function resize(disk, kilobytes) {
  execFileSync('mount', ['-o', `remount,size=${kilobytes}k`, disk]);
}

/** Runs a study whose folder becomes one that can only be read at some moment; whether that was before its end. */
async function runUntilReadOnly({ study, random }, directory) {
  const [whole, shared] = [
    ['study', 'run', study, '--out', directory, '--resume', '--workers', '2'],
    ['study', 'train', study, '--out', directory, '--shard', '1/1', '--steal', '--workers', '2'],
  ];
  const { child, ended } = startNetspace(random() < 0.5 ? whole : shared);
  await Promise.race([ended, setTimeout(random() * 3000)]);
  // Files that are open stay open; Linux refuses to remount below them.
  may('mount', '--bind', directory, directory);
  may('mount', '-o', 'remount,bind,ro', directory);
  try {
    const wasGoing = child.exitCode === null;
    const end = await ended;
    if (end.status !== 0) checkRefused(end);
    return wasGoing && end.status !== 0;
  } finally {
    execFileSync('umount', [directory]);
  }
}

export const readOnly = {
  name: 'the folder of a run becomes one that can only be read',
  async run(room, times) {
    let [count, equal, runs, kept] = [0, true, 0, 0];
    while (count < times && equal) {
      const directory = join(room.folder, `read-only-${runs++}`);
      await draw(room.study, directory);
      if (!may('mount', '--bind', directory, directory)) return skipped;
      execFileSync('umount', [directory]);
      const wasRefused = await runUntilReadOnly(room, directory);
      if (wasRefused) {
        count++;
        kept += (await resultsOf(directory)).size;
      }
      equal = areEqual(await finish(room.study, directory), room.whole);
    }
    return { times: count, seen: `${kept} trainings kept before`, equal };
  },
};
