/** A disk that is full, and files that may not grow. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { areEqual, draw, finish, recordsIn, resultsOf, startNetspace } from './a-run.mjs';

/** Trains where something is in the way; the message that it ends with. */
async function trainUntilRefused(study, directory, prefix) {
  const args = ['study', 'train', study, '--out', directory, '--resume', '--workers', '2'];
  const { status, errors } = await startNetspace(args, { prefix }).ended;
  if (status === 1 && /netspace: .*cannot be written/.test(errors) && !errors.includes('    at ')) return errors;
  throw new Error(`ended with ${status}: ${errors}`);
}

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
      await finish(study, directory);
      equal &&= areEqual(await resultsOf(directory), whole);
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
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'faults', disk], { stdio: 'ignore' });
      } catch {
        return { times: time, seen: 'skipped: no disk may be mounted here', equal };
      }
      try {
        await draw(study, directory);
        const used = Number(execFileSync('du', ['-sk', disk], { encoding: 'utf8' }).split('\t')[0]);
        resize(disk, used + 4 + Math.floor(random() * 40));
        await trainUntilRefused(study, directory, []);
        kept += recordsIn(directory);
        resize(disk, 16_384);
        await finish(study, directory);
        equal &&= areEqual(await resultsOf(directory), whole);
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
