import type { Command } from 'commander';
import { analyseRun } from '@netspace/orchestrator/results';
import { commandLine } from '../../command-line.js';
import { printAnalysis } from '../../describe-analysis.js';
import { printClaims } from '../../describe-claims.js';
import type { Terminal } from '../../terminal.js';
import { openResults } from './open-results.js';
import { type FolderFlags, resultsCommand } from './study-flags.js';
import { watched } from './watched.js';

/** `netspace study analyse STUDY` */
export function analyseCommand(terminal: Terminal): Command {
  return resultsCommand('analyse', 'compares the error distributions and finds good parameter ranges').action(
    async (target: string, flags: FolderFlags) => {
      const { run, findings } = await watched(terminal, commandLine('analyse', target, flags), async (control) => {
        const { run, plugins } = await openResults(target, flags);
        return { run, findings: await analyseRun(run, { ...control, plugins }) };
      });
      printAnalysis(terminal, findings);
      printClaims(terminal, findings.claims);
      terminal.print(`Analysis: ${run.folder.analysis}`);
      terminal.print(`Next: ${commandLine('report', target, flags)}`);
    },
  );
}
