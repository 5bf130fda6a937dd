import type { Command } from 'commander';
import { fitNetworks } from '@netspace/orchestrator';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';
import { openResults } from './open-results.js';
import { type FolderFlags, resultsCommand } from './study-flags.js';
import { watched } from './watched.js';

/** `netspace study fit STUDY` */
export function fitStepCommand(terminal: Terminal): Command {
  return resultsCommand('fit', 'fits the quantised-linear rule to every network drawn').action(
    async (target: string, flags: FolderFlags) => {
      const run = await watched(terminal, commandLine('fit', target, flags), async (control) => {
        const { run } = await openResults(target, flags);
        await fitNetworks(run, control);
        return run;
      });
      terminal.print(`Rules: ${run.folder.fits}`);
      terminal.print(`Next: ${commandLine('analyse', target, flags)}`);
    },
  );
}
