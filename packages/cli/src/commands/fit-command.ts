import { Command } from 'commander';
import { readNetwork } from '../network-file.js';
import { print, printJson } from '../output.js';
import { fitNetwork } from '../steps/fit-step.js';

/** `netspace fit CONFIG [--json]` */
export function fitCommand(): Command {
  return new Command('fit')
    .description('The quantised-linear rule (w_0, w_a, w_m) that comes closest to the widths of a network.')
    .argument('<config>', 'network file')
    .option('--json', 'as JSON')
    .action((file: string, { json }: { json?: boolean }) => {
      const rule = fitNetwork(readNetwork(file));
      if (json) printJson(rule);
      else {
        const { initialWidth, slope, widthMultiplier, depth, fitError } = rule;
        print(`w_0 ${initialWidth}\nw_a ${slope.toFixed(3)}\nw_m ${widthMultiplier.toFixed(4)}\nd ${depth}`);
        print(`e_fit ${fitError.toFixed(6)}`);
      }
    });
}
