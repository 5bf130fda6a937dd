import type { Command } from 'commander';
import { InvalidInputError } from '@netspace/contracts';
import { drawReport, type FigureFormat } from '@netspace/orchestrator';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';
import { openResults } from './open-results.js';
import { type FolderFlags, resultsCommand } from './study-flags.js';
import { watched } from './watched.js';

interface ReportFlags extends FolderFlags {
  readonly figures?: string;
  readonly format: readonly FigureFormat[];
}

/** `netspace study report STUDY` */
export function reportCommand(terminal: Terminal): Command {
  return resultsCommand('report', 'draws the figures and writes the report page')
    .option('--figures <directory>', 'folder in which every figure is written besides')
    .option('--format <formats>', 'of --figures: svg, csv (the data), or both', formatsOf, ['svg', 'csv'])
    .action(async (target: string, flags: ReportFlags) => {
      const run = await watched(terminal, commandLine('report', target, flags), async (control) => {
        const { run, plugins } = await openResults(target, flags);
        const { figures: directory, format: formats } = flags;
        await drawReport(run, {
          plugins,
          ...(directory === undefined ? {} : { figures: { directory, formats } }),
          ...control,
        });
        return run;
      });
      terminal.print(`Report: ${run.folder.report}`);
      if (flags.figures !== undefined) terminal.print(`Figures: ${flags.figures}`);
    });
}

/** `svg,csv` */
function formatsOf(text: string): FigureFormat[] {
  return text.split(',').map((format) => {
    if (format === 'svg' || format === 'csv') return format;
    throw new InvalidInputError({ key: '--format', problem: `got ${JSON.stringify(format)}`, expected: 'svg, csv' });
  });
}
