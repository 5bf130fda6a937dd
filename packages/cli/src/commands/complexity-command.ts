import type { Engine, NetworkConfig } from '@netspace/contracts';
import { complexityOf, formatLayerTable, layerTable } from '@netspace/model-builder';
import { Command } from 'commander';
import { automaticEngine, chooseEngine } from '../engines.js';
import { measureLatency } from '../latency.js';
import { readNetwork } from '../network-file.js';
import { print, printJson } from '../output.js';
import { positiveInteger } from '../positive-integer.js';

interface Flags {
  readonly layers?: boolean;
  readonly json?: boolean;
  readonly latency?: boolean;
  readonly batch: number;
  readonly engine: string;
}

/** `netspace complexity CONFIG [--layers] [--latency] [--json]` */
export function complexityCommand(): Command {
  return new Command('complexity')
    .description("Exact flops, params and acts of a network: netspace's own YAML or a pycls configuration.")
    .argument('<config>', 'network file')
    .option('--layers', 'a row for each layer')
    .option('--latency', 'measure how long an inference pass takes')
    .option('--batch <images>', 'images of such a pass', positiveInteger, 1)
    .option('--engine <name>', 'engine that it is measured on', automaticEngine)
    .option('--json', 'as JSON')
    .action(async (file: string, { layers, latency, json, batch, engine }: Flags) => {
      const network = readNetwork(file);
      const complexity = complexityOf(network);
      const rows = layerTable(network);
      const measured = latency ? await measure(network, (await chooseEngine(engine)).engine, batch) : undefined;
      if (json) {
        printJson({ ...complexity, ...(layers ? { layers: rows } : {}), ...(measured ? { latency: measured } : {}) });
        return;
      }
      if (layers) print(formatLayerTable(rows));
      else print(`flops ${complexity.flops}\nparams ${complexity.params}\nacts ${complexity.acts}`);
      if (measured) print(describe(measured));
    });
}

type Measured = Awaited<ReturnType<typeof measure>>;

async function measure(network: NetworkConfig, engine: Engine, batchSize: number) {
  const milliseconds = await measureLatency(network, engine, batchSize);
  const { name, description } = engine;
  return { milliseconds, imagesPerSecond: (1000 * batchSize) / milliseconds.median, batchSize, name, description };
}

function describe({ milliseconds, imagesPerSecond, batchSize, name, description }: Measured): string {
  const { median, lowerQuartile, upperQuartile, passes } = milliseconds;
  const short = (value: number): string => value.toPrecision(4);
  return [
    `latency ${short(median)} ms for ${batchSize === 1 ? 'one image' : `${batchSize} images`}, ${short(imagesPerSecond)} images/s`,
    `  quartiles ${short(lowerQuartile)} and ${short(upperQuartile)} ms of ${passes} passes`,
    `  engine ${name}: ${description}`,
  ].join('\n');
}
