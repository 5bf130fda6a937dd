import { readFile } from 'node:fs/promises';
import { parseConfig } from '@netspace/config-file';
import { z } from 'zod';
import type { RunFolder } from './run-folder.js';
import { writeFileWhole } from './write-file-whole.js';

const jobsSchema = z.array(z.string());

/**
 * The numbers of the jobs of a cluster that were submitted to train a run, in their order; none where there are none.
 *
 * @throws InvalidInputError where the file was damaged.
 * @example
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { addSubmittedJob, RunFolder, submittedJobs } from '@netspace/run-store';
 * const folder = new RunFolder(mkdtempSync(join(tmpdir(), 'run-')));
 * await addSubmittedJob(folder, '1234');
 * await submittedJobs(folder); // => ['1234']
 */
export async function submittedJobs({ slurm }: RunFolder): Promise<readonly string[]> {
  try {
    return parseConfig(await readFile(slurm.jobs, 'utf8'), slurm.jobs, jobsSchema);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Keeps the number of a job that was submitted.
 *
 * @throws InvalidInputError where it cannot be written.
 */
export async function addSubmittedJob(folder: RunFolder, job: string): Promise<void> {
  const jobs = [...(await submittedJobs(folder)), job];
  await writeFileWhole(folder.slurm.jobs, `${JSON.stringify(jobs)}\n`);
}
