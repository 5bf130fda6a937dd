import type { Command } from 'commander';
import { beginRun, openRunOf, readPopulations, trainPopulations } from '@netspace/orchestrator';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';
import { dryRun } from './dry-run.js';
import { directoryOf, openStudy } from './open-results.js';
import { reportFailures } from './report-failures.js';
import { type TrainFlags, trainingCommand, trainOptions } from './study-flags.js';
import { type Control, watched } from './watched.js';

/** `netspace study train FILE` */
export function trainCommand(terminal: Terminal): Command {
  return trainingCommand('train', 'trains the networks that were drawn').action(
    async (file: string, flags: TrainFlags) => {
      if (flags.dryRun === true) return dryRun(terminal, file, flags);
      const again = commandLine('train', file, flags, '--resume');
      const { failed, records } = await watched(terminal, again, (control) => train(file, flags, control));
      terminal.print(`Records: ${records}`);
      terminal.print(`Next: ${commandLine('analyse', file, flags)}`);
      reportFailures(terminal, failed, again);
    },
  );
}

/** Trains the populations that were drawn. */
async function train(file: string, flags: TrainFlags, control: Control) {
  const study = await openStudy(file, flags);
  const directory = directoryOf(study, flags);
  const { populations } = await readPopulations(await openRunOf(study, directory));
  const run = await beginRun(study, directory, flags.resume ?? false);
  try {
    const { failed } = await trainPopulations(run, populations, { ...trainOptions(flags), ...control });
    return { failed, records: run.folder.records };
  } finally {
    await run.close();
  }
}
