import { Command, Option } from 'commander';
import { complexityOf, type LayerRow, layerTable } from '@netspace/model-builder';
import { chooseEngine, kernelsOf, type LatencyRoom, measureLatency } from '@netspace/orchestrator';
import { architectureOf, automaticEngine } from '@netspace/study';
import type { Complexity, LayerKernels, NetworkConfig, PassKernel, Precision } from '@netspace/contracts';
import { readNetwork } from '../network-file.js';
import { loadExtensions, pluginOption } from '../plugins-option.js';
import { positiveInteger } from '../positive-integer.js';
import type { Terminal } from '../terminal.js';

interface Flags {
  readonly layers?: boolean;
  readonly json?: boolean;
  readonly kernels?: Precision;
  readonly latency?: boolean;
  readonly batch: number;
  readonly engine: string;
  readonly plugin: readonly string[];
}

/** `netspace complexity CONFIG [--layers] [--kernels] [--latency] [--json]` */
export function complexityCommand(terminal: Terminal): Command {
  return new Command('complexity')
    .description("Exact flops, params and acts of a network: netspace's own YAML or a pycls configuration.")
    .argument('<config>', 'network file')
    .option('--layers', 'a row for each layer')
    .addOption(kernelsOption())
    .option('--latency', 'measure how long an inference pass takes')
    .option('--batch <images>', 'images of such a pass', positiveInteger, 1)
    .option('--engine <name>', 'engine whose kernels are told, and that is measured', automaticEngine)
    .option('--json', 'as JSON')
    .addOption(pluginOption())
    .action((file: string, flags: Flags) => showComplexity(terminal, file, flags));
}

async function showComplexity(terminal: Terminal, file: string, flags: Flags): Promise<void> {
  const { layers, kernels: precision, json, latency, batch: batchSize, engine: name, plugin } = flags;
  const extensions = await loadExtensions(plugin);
  const architecture = architectureOf(extensions);
  const network = readNetwork(file, architecture);
  const complexity = complexityOf(network, architecture);
  const rows = layers ? layerTable(network, architecture) : undefined;
  const engine = (latency ?? precision) ? (await chooseEngine(name, 1, extensions.engines)).engine : undefined;
  const kernels = engine && precision && (await kernelsOf(network, { engine, architecture, precision }));
  const measured = engine && latency && (await measure(network, { engine, architecture, batchSize }));
  if (json) {
    const asked = {
      ...(rows && { layers: rows }),
      ...(kernels && { kernels }),
      ...(measured && { latency: measured }),
    };
    terminal.printJson({ ...complexity, ...asked });
    return;
  }
  if (rows) printLayers(terminal, rows, complexity);
  else terminal.print(`flops ${complexity.flops}\nparams ${complexity.params}\nacts ${complexity.acts}`);
  if (kernels) printKernels(terminal, kernels);
  if (measured) terminal.print(describe(measured));
}

function kernelsOption(): Option {
  return new Option('--kernels [precision]', 'what the engine computes each convolution with in training')
    .choices(['float32', 'bfloat16'] satisfies Precision[])
    .preset('float32');
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

function printKernels(terminal: Terminal, layers: readonly LayerKernels[]): void {
  terminal.printTable(
    ['layer', 'algorithm', 'forward', 'gradient of the input', 'gradient of the weights'],
    layers.map(({ layer, algorithm, forward, inputGradient, weightGradient }) => [
      ...[layer, algorithm, kernelText(forward), kernelText(inputGradient), kernelText(weightGradient)],
    ]),
  );
}

/** `tiles 2x4 3`: the sizes of the tiles in blocks of channels, two of four and one of three. */
function kernelText({ kernel, tiles }: PassKernel): string {
  const sizes = [...new Set(tiles)].map((size) => {
    const count = tiles.filter((other) => other === size).length;
    return count === 1 ? String(size) : `${count}x${size}`;
  });
  return [kernel, ...sizes].join(' ');
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
