import type { Command } from 'commander';
import { runStudy } from '@netspace/orchestrator';
import { commandLine } from '../../command-line.js';
import { printAnalysis } from '../../describe-analysis.js';
import { printClaims } from '../../describe-claims.js';
import type { Terminal } from '../../terminal.js';
import { dryRun } from './dry-run.js';
import { directoryOf, openStudy } from './open-results.js';
import { reportFailures } from './report-failures.js';
import { queueOf, queueOption, type TrainFlags, trainingCommand, trainOptions } from './study-flags.js';
import { watched } from './watched.js';

/** `netspace study run FILE` */
export function runCommand(terminal: Terminal): Command {
  const command = trainingCommand('run', 'all steps, one after the other').addOption(
    queueOption().conflicts('workers'),
  );
  return command.action(async (file: string, flags: TrainFlags) => {
    if (flags.dryRun === true) return dryRun(terminal, file, flags);
    const again = commandLine('run', file, flags, '--resume');
    const { analysis, report, failed } = await watched(terminal, again, async (control) => {
      const study = await openStudy(file, flags);
      const options = { directory: directoryOf(study, flags), ...trainOptions(flags), ...(await queueOf(flags)) };
      return runStudy(study, { resume: flags.resume ?? false, ...options, ...control });
    });
    printAnalysis(terminal, analysis);
    printClaims(terminal, analysis.claims);
    terminal.print(`Report: ${report}`);
    reportFailures(terminal, failed, again);
  });
}
