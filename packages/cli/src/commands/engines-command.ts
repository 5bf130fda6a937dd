import { Command } from 'commander';
import { loadEngines } from '../engines.js';
import { print } from '../output.js';
import { formatTable } from '../text-table.js';

/** `netspace engines` */
export function enginesCommand(): Command {
  return new Command('engines')
    .description('The engines in order of preference: whether each is available, and otherwise why and what helps.')
    .action(async () => {
      const rows = (await loadEngines()).map((engine) =>
        engine.available
          ? [engine.engine.name, 'available', engine.engine.description]
          : [engine.name, 'not available', `${engine.reason}. ${engine.remedy}`],
      );
      print(formatTable(['engine', 'state', 'description'], rows));
    });
}
