import { Command } from 'commander';
import { fitNetwork } from '@netspace/analysis';
import { architectureOf } from '@netspace/study';
import { readNetwork } from '../network-file.js';
import { loadExtensions, pluginOption } from '../plugins-option.js';
import type { Terminal } from '../terminal.js';

interface Flags {
  readonly json?: boolean;
  readonly plugin: readonly string[];
}

/** `netspace fit CONFIG [--json]` */
export function fitCommand(terminal: Terminal): Command {
  return new Command('fit')
    .description('The quantised-linear rule (w_0, w_a, w_m) that comes closest to the widths of a network.')
    .argument('<config>', 'network file')
    .option('--json', 'as JSON')
    .addOption(pluginOption())
    .action(async (file: string, { json, plugin }: Flags) => {
      const rule = fitNetwork(readNetwork(file, architectureOf(await loadExtensions(plugin))));
      if (json) terminal.printJson(rule);
      else {
        const { initialWidth, slope, widthMultiplier, depth, fitError } = rule;
        terminal.print(`w_0 ${initialWidth}\nw_a ${slope.toFixed(3)}\nw_m ${widthMultiplier.toFixed(4)}\nd ${depth}`);
        terminal.print(`e_fit ${fitError.toFixed(6)}`);
      }
    });
}
