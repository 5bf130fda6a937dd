import type { SlurmProfile } from './section.js';

/** What a job array does. */
export interface JobScriptOptions {
  /** Of the job, for people. */
  readonly name: string;
  /** What SLURM is asked for. */
  readonly profile: SlurmProfile;
  /** Program and arguments of worker `index` of `of`, which may stand for the shell's words. */
  readonly worker: (index: string, of: string) => readonly string[];
  /** Folder of the job's output files, which must be there. */
  readonly logs: string;
}

/** The task's number, as the shell puts it in. */
const task = '"$SLURM_ARRAY_TASK_ID"';

/**
 * The batch script of a job array of workers.
 *
 * Shortly before its time ends a worker is told to stop, and its task to be put back in the queue. One whose node is lost is
 * put back by SLURM. One that is cancelled is told to stop and does not come back.
 *
 * @example
 * import { jobScript, readProfile } from '@netspace/slurm';
 * const profile = { ...(await readProfile()), workers: 4, partition: 'main' };
 * const worker = (index: string, of: string) => ['netspace', 'study', 'train', 'my study.yaml', '--shard', `${index}/${of}`];
 * const script = jobScript({ name: 'mine', profile, worker, logs: 'runs/mine/slurm' });
 * script.includes('#SBATCH --partition=main'); // => true
 * script.includes(`netspace study train 'my study.yaml' --shard "$SLURM_ARRAY_TASK_ID"/4 &`); // => true
 */
export function jobScript({ name, profile, worker, logs }: JobScriptOptions): string {
  const { workers, modules } = profile;
  const index = '\0';
  const command = worker(index, String(workers)).map((word) => word.split(index).map(quoted).join(task));
  return [
    '#!/bin/bash',
    ...optionsOf(name, profile, logs).map(([option, value]) => `#SBATCH --${option}${value === '' ? '' : `=${value}`}`),
    '',
    ...modules.map((module) => `module load ${quoted(module)} || exit`),
    `${command.join(' ')} &`,
    'worker=$!',
    '# Time is nearly over, which SLURM tells this shell alone: what is left goes on when there is a place again.',
    `trap 'kill -TERM "$worker"; wait "$worker"; scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"; exit 0' USR1`,
    '# It is cancelled, which SLURM tells the worker, too.',
    `trap 'wait "$worker"; exit 143' TERM`,
    'wait "$worker"',
    '',
  ].join('\n');
}

function optionsOf(name: string, profile: SlurmProfile, logs: string): [string, string][] {
  const { workers, atOnce, cpus, grace, time, partition, account, qos, mem, gres, constraint } = profile;
  const asked = { time, partition, account, qos, mem, gres, constraint };
  return [
    ['job-name', quoted(`netspace-${name}`)],
    ['array', `1-${workers}${atOnce === undefined ? '' : `%${atOnce}`}`],
    ['cpus-per-task', String(cpus)],
    ...Object.entries(asked).flatMap(([option, value]): [string, string][] =>
      value === undefined ? [] : [[option, value]],
    ),
    ['signal', `B:USR1@${grace}`],
    ['requeue', ''],
    // A task that comes back goes on with its file.
    ['open-mode', 'append'],
    ['output', quoted(`${logs.replaceAll('%', '%%')}/%A_%a.log`)],
  ];
}

/** As a shell reads it. */
function quoted(word: string): string {
  return word === '' || /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
