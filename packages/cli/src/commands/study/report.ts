import type { Command } from 'commander';
import { drawReport } from '@netspace/orchestrator';
import { commandLine } from '../../command-line.js';
import { type FigureFlags, figuresOf, withFigures } from '../../figures-option.js';
import type { Terminal } from '../../terminal.js';
import { openResults } from './open-results.js';
import { type FolderFlags, resultsCommand } from './study-flags.js';
import { watched } from './watched.js';

/** `netspace study report STUDY` */
export function reportCommand(terminal: Terminal): Command {
  return withFigures(resultsCommand('report', 'draws the figures and writes the report page')).action(
    async (target: string, flags: FolderFlags & FigureFlags) => {
      const run = await watched(terminal, commandLine('report', target, flags), async (control) => {
        const { run, plugins } = await openResults(target, flags);
        await drawReport(run, { plugins, ...figuresOf(flags), ...control });
        return run;
      });
      terminal.print(`Report: ${run.folder.report}`);
      if (flags.figures !== undefined) terminal.print(`Figures: ${flags.figures}`);
    },
  );
}
