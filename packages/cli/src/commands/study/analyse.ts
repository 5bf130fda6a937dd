import type { Command } from 'commander';
import type { StudyFindings } from '@netspace/contracts';
import type { Run } from '@netspace/orchestrator/results';
import { type AnalysisThreads, startAnalysis } from '@netspace/orchestrator/threads';
import { commandLine } from '../../command-line.js';
import { printAnalysis } from '../../describe-analysis.js';
import { printClaims } from '../../describe-claims.js';
import type { Terminal } from '../../terminal.js';
import { type FolderFlags, resultsCommand } from './study-flags.js';
import { type Control, watched } from './watched.js';

/** `netspace study analyse STUDY` */
export function analyseCommand(terminal: Terminal): Command {
  return resultsCommand('analyse', 'compares the error distributions and finds good parameter ranges').action(
    async (target: string, flags: FolderFlags) => {
      const threads = startAnalysis();
      const { run, findings } = await watched(terminal, commandLine('analyse', target, flags), (control) =>
        analyse(target, flags, { ...control, threads }),
      ).finally(() => threads.terminate());
      printAnalysis(terminal, findings);
      printClaims(terminal, findings.claims);
      terminal.print(`Analysis: ${run.folder.analysis}`);
      terminal.print(`Next: ${commandLine('report', target, flags)}`);
    },
  );
}

/** Loads what opens and reads a run while the threads start. */
async function analyse(
  target: string,
  flags: FolderFlags,
  control: Control & { readonly threads: AnalysisThreads },
): Promise<{ readonly run: Run; readonly findings: StudyFindings }> {
  const { openResults } = await import('./open-results.js');
  const { analyseRun } = await import('@netspace/orchestrator/results');
  const { run, plugins } = await openResults(target, flags);
  return { run, findings: await analyseRun(run, { ...control, plugins }) };
}
