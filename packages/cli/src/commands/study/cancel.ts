import type { Command } from 'commander';
import { submittedJobs } from '@netspace/run-store';
import { cancelJob } from '@netspace/slurm';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';
import { openResults } from './open-results.js';
import { type FolderFlags, resultsCommand } from './study-flags.js';

/** `netspace study cancel STUDY` */
export function cancelCommand(terminal: Terminal): Command {
  return resultsCommand('cancel', 'ends the jobs of a cluster that train a run; what they have done is kept').action(
    async (target: string, flags: FolderFlags) => {
      const { run } = await openResults(target, flags);
      const jobs = await submittedJobs(run.folder);
      for (const job of jobs) await cancelJob(job);
      terminal.print(jobs.length === 0 ? 'No job was submitted.' : `Cancelled: ${jobs.join(', ')}`);
      terminal.print(`Next: ${commandLine('status', target, flags)}`);
    },
  );
}
