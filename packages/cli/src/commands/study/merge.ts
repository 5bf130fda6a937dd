import { Command } from 'commander';
import { mergeRuns, openRun, runStatus } from '@netspace/orchestrator';
import type { Terminal } from '../../terminal.js';

/** `netspace study merge FOLDER FROM ...` */
export function mergeCommand(terminal: Terminal): Command {
  return new Command('merge')
    .description('takes the results of copies of a run, which other machines trained, into its folder')
    .argument('<folder>', 'folder of the run')
    .argument('<from...>', 'folders of its copies')
    .action(async (folder: string, others: readonly string[]) => {
      const added = await mergeRuns(folder, others);
      const { trainings, left } = await runStatus(await openRun(folder));
      terminal.print(`${added} ${added === 1 ? 'file' : 'files'} of records added`);
      terminal.print(`${trainings - left} of ${trainings} trainings have a result`);
      const next =
        left === 0 ? `netspace study analyse ${folder}` : `netspace study run STUDY --out ${folder} --resume`;
      terminal.print(`Next: ${next}`);
    });
}
