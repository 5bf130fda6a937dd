import { Command } from 'commander';
import { complexityOf, type LayerRow, layerTable } from '@netspace/model-builder';
import { chooseEngine, type LatencyRoom, measureLatency } from '@netspace/orchestrator';
import { architectureOf, automaticEngine } from '@netspace/study';
import type { Complexity, NetworkConfig } from '@netspace/contracts';
import { readNetwork } from '../network-file.js';
import { loadExtensions, pluginOption } from '../plugins-option.js';
import { positiveInteger } from '../positive-integer.js';
import type { Terminal } from '../terminal.js';

interface Flags {
  readonly layers?: boolean;
  readonly json?: boolean;
  readonly latency?: boolean;
  readonly batch: number;
  readonly engine: string;
  readonly plugin: readonly string[];
}

/** `netspace complexity CONFIG [--layers] [--latency] [--json]` */
export function complexityCommand(terminal: Terminal): Command {
  return new Command('complexity')
    .description("Exact flops, params and acts of a network: netspace's own YAML or a pycls configuration.")
    .argument('<config>', 'network file')
    .option('--layers', 'a row for each layer')
    .option('--latency', 'measure how long an inference pass takes')
    .option('--batch <images>', 'images of such a pass', positiveInteger, 1)
    .option('--engine <name>', 'engine that it is measured on', automaticEngine)
    .option('--json', 'as JSON')
    .addOption(pluginOption())
    .action((file: string, flags: Flags) => showComplexity(terminal, file, flags));
}

async function showComplexity(terminal: Terminal, file: string, flags: Flags): Promise<void> {
  const { layers, json, latency, batch: batchSize, engine: name, plugin } = flags;
  const extensions = await loadExtensions(plugin);
  const architecture = architectureOf(extensions);
  const network = readNetwork(file, architecture);
  const complexity = complexityOf(network, architecture);
  const rows = layers ? layerTable(network, architecture) : undefined;
  const engine = latency ? (await chooseEngine(name, 1, extensions.engines)).engine : undefined;
  const measured = engine && (await measure(network, { engine, architecture, batchSize }));
  if (json) {
    terminal.printJson({ ...complexity, ...(rows && { layers: rows }), ...(measured && { latency: measured }) });
    return;
  }
  if (rows) printLayers(terminal, rows, complexity);
  else terminal.print(`flops ${complexity.flops}\nparams ${complexity.params}\nacts ${complexity.acts}`);
  if (measured) terminal.print(describe(measured));
}

function printLayers(terminal: Terminal, layers: readonly LayerRow[], total: Complexity): void {
  const costs = ({ flops, params, acts }: Complexity): number[] => [flops, params, acts];
  terminal.printTable(
    ['layer', 'operation', 'output', 'flops', 'params', 'acts'],
    [
      ...layers.map((row) => [row.layer, row.operation, row.shape.join(' x '), ...costs(row)]),
      ['total', '', '', ...costs(total)],
    ],
  );
}

type Measured = Awaited<ReturnType<typeof measure>>;

async function measure(network: NetworkConfig, room: LatencyRoom) {
  const milliseconds = await measureLatency(network, room);
  const { batchSize } = room;
  const { name, description } = room.engine;
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
