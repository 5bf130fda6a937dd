import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { InvalidInputError } from '@netspace/contracts';

const execute = promisify(execFile);

/** A task of a job array that SLURM still knows. */
export interface JobState {
  /** Of the array. */
  readonly job: string;
  /** Its number in the array. */
  readonly task: number;
  /** In SLURM's words: `PENDING`, `RUNNING`, `COMPLETED`. */
  readonly state: string;
  /** Why it waits, or `None`. */
  readonly reason: string;
  /** Where it runs; empty while it waits. */
  readonly node: string;
}

/**
 * Submits a batch script.
 *
 * @returns The job's number.
 * @throws InvalidInputError where there is no SLURM, or it refuses the script: what it says.
 */
export async function submitJob(scriptFile: string): Promise<string> {
  const output = await call('sbatch', ['--parsable', scriptFile]);
  return output.trim().split(';')[0]!;
}

/**
 * The tasks of jobs that SLURM knows: some minutes after its end it knows a job no more.
 *
 * @throws InvalidInputError where there is no SLURM, or it does not answer.
 */
export async function jobStates(jobs: readonly string[]): Promise<JobState[]> {
  if (jobs.length === 0) return [];
  // All jobs of this person: a job that is known no more would be an error.
  const output = await call('squeue', ['--me', '-h', '-r', '-t', 'all', '-o', '%F|%K|%T|%r|%N']);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [job, task, state, reason, node] = line.split('|') as [string, string, string, string, string];
      return { job, task: Number(task), state, reason, node };
    })
    .filter(({ job }) => jobs.includes(job))
    .sort((a, b) => Number(a.job) - Number(b.job) || a.task - b.task);
}

/**
 * Ends a job: its workers are told to stop, and keep what they have done.
 *
 * @throws InvalidInputError where there is no SLURM, or it does not answer.
 */
export async function cancelJob(job: string): Promise<void> {
  // To the scripts, which stop their workers; then the rest, that waits, too.
  await call('scancel', [job]);
}

async function call(program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await execute(program, args);
    return stdout;
  } catch (error) {
    const { code, stderr = '', message } = error as Error & { code?: unknown; stderr?: string };
    if (code === 'ENOENT') {
      const expected = 'a machine from which jobs are submitted';
      throw new InvalidInputError({ problem: `${program}, of SLURM, is not here`, expected }, { cause: error });
    }
    const said = stderr.trim() === '' ? message : stderr.trim();
    throw new InvalidInputError({ key: program, problem: `SLURM refused it: ${said}` }, { cause: error });
  }
}
