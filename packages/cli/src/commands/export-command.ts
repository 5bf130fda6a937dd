import { buildGraph, initialState } from '@netspace/model-builder';
import { Command } from 'commander';
import { readNetwork } from '../network-file.js';
import { print } from '../output.js';
import { positiveInteger } from '../positive-integer.js';
import { formatOption, type ModelFormat, saveModel } from '../save-model.js';

interface Flags {
  readonly format: ModelFormat;
  readonly out: string;
  readonly seed: number;
}

/** `netspace export CONFIG --format FORMAT --out DIR [--seed N]` */
export function exportCommand(): Command {
  return new Command('export')
    .description('Writes a network with initial weights as a model for TensorFlow.js or TensorFlow (see study export).')
    .argument('<config>', 'network file')
    .addOption(formatOption())
    .requiredOption('--out <directory>', 'folder of the model')
    .option('--seed <seed>', 'of the initial weights', positiveInteger, 1)
    .action(async (file: string, { format, out, seed }: Flags) => {
      const graph = buildGraph(readNetwork(file));
      await saveModel(format, graph, initialState(graph, seed), out);
      print(`Model: ${out} (${format}, initial weights)`);
    });
}
