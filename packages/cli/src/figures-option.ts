import type { Command } from 'commander';
import { InvalidInputError } from '@netspace/contracts';
import { type FigureFormat, figureFormats, type ReportOptions } from '@netspace/orchestrator';

/** What {@link withFigures} adds. */
export interface FigureFlags {
  readonly figures?: string;
  readonly format: readonly FigureFormat[];
}

/** `--figures DIR --format svg,csv`: each figure as a file, besides the page. */
export function withFigures(command: Command): Command {
  return command
    .option('--figures <directory>', 'folder in which every figure is written besides')
    .option('--format <formats>', 'of --figures, one or more: svg, csv (the data), pdf', formatsOf, ['svg', 'csv']);
}

/** What the flags ask of a report. */
export function figuresOf({ figures: directory, format: formats }: FigureFlags): Pick<ReportOptions, 'figures'> {
  return directory === undefined ? {} : { figures: { directory, formats } };
}

/** `svg,csv` */
function formatsOf(text: string): FigureFormat[] {
  return text.split(',').map((format) => {
    const known = figureFormats.find((one) => one === format);
    if (known !== undefined) return known;
    const expected = figureFormats.join(', ');
    throw new InvalidInputError({ key: '--format', problem: `got ${JSON.stringify(format)}`, expected });
  });
}
