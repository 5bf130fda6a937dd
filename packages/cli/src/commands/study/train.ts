import type { Command } from 'commander';
import { beginRun, openRunOf, readPopulations, trainPopulations } from '@netspace/orchestrator';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';
import { dryRun } from './dry-run.js';
import { directoryOf, openStudy } from './open-results.js';
import { reportFailures } from './report-failures.js';
import { type TrainFlags, trainingCommand, trainOptions } from './study-flags.js';
import { watched } from './watched.js';

/** `netspace study train FILE` */
export function trainCommand(terminal: Terminal): Command {
  return trainingCommand('train', 'trains the networks that were drawn').action(
    async (file: string, flags: TrainFlags) => {
      const study = await openStudy(file, flags);
      const directory = directoryOf(study, flags);
      const { populations } = await readPopulations(await openRunOf(study, directory));
      if (flags.dryRun === true) return dryRun(terminal, study, file, flags);
      const run = await beginRun(study, directory, flags.resume ?? false);
      try {
        const again = commandLine('train', file, flags, '--resume');
        const { failed } = await watched(terminal, again, (control) =>
          trainPopulations(run, populations, { ...trainOptions(flags), ...control }),
        );
        terminal.print(`Records: ${run.folder.records}`);
        terminal.print(`Next: ${commandLine('analyse', file, flags)}`);
        reportFailures(terminal, failed, again);
      } finally {
        await run.close();
      }
    },
  );
}
