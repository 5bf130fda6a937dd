import { Command } from 'commander';
import { loadEngines } from '@netspace/orchestrator';
import { loadExtensions, pluginOption } from '../plugins-option.js';
import type { Terminal } from '../terminal.js';

/** `netspace engines` */
export function enginesCommand(terminal: Terminal): Command {
  return new Command('engines')
    .description('The engines in order of preference: whether each is available, and otherwise why and what helps.')
    .addOption(pluginOption())
    .action(async ({ plugin }: { plugin: readonly string[] }) => {
      const { engines } = await loadExtensions(plugin);
      const rows = (await loadEngines(engines)).map((engine) =>
        engine.available
          ? [engine.engine.name, 'available', engine.engine.description]
          : [engine.name, 'not available', `${engine.reason}; ${engine.remedy}`],
      );
      terminal.printTable(['engine', 'state', 'description'], rows);
    });
}
