import { complexityOf, formatLayerTable, layerTable } from '@netspace/model-builder';
import { Command } from 'commander';
import { readNetwork } from '../network-file.js';
import { print, printJson } from '../output.js';

/** `netspace complexity CONFIG [--layers] [--json]` */
export function complexityCommand(): Command {
  return new Command('complexity')
    .description("Exact flops, params and acts of a network: netspace's own YAML or a pycls configuration.")
    .argument('<config>', 'network file')
    .option('--layers', 'a row for each layer')
    .option('--json', 'as JSON')
    .action((file: string, { layers, json }: { layers?: boolean; json?: boolean }) => {
      const network = readNetwork(file);
      const complexity = complexityOf(network);
      const rows = layerTable(network);
      if (json) printJson(layers ? { ...complexity, layers: rows } : complexity);
      else if (layers) print(formatLayerTable(rows));
      else print(`flops ${complexity.flops}\nparams ${complexity.params}\nacts ${complexity.acts}`);
    });
}
