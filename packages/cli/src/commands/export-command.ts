import { Command } from 'commander';
import { buildGraph, initialState } from '@netspace/model-builder';
import { type ModelFormat, saveModel } from '@netspace/tensorflow-export';
import { formatOption } from '../format-option.js';
import { architectureOf } from '@netspace/study';
import { readNetwork } from '../network-file.js';
import { loadExtensions, pluginOption } from '../plugins-option.js';
import { positiveInteger } from '../positive-integer.js';
import type { Terminal } from '../terminal.js';

interface Flags {
  readonly format: ModelFormat;
  readonly out: string;
  readonly seed: number;
  readonly plugin: readonly string[];
}

/** `netspace export CONFIG --format FORMAT --out DIR [--seed N]` */
export function exportCommand(terminal: Terminal): Command {
  return new Command('export')
    .description('Writes a network with initial weights as a model for TensorFlow.js or TensorFlow (see study export).')
    .argument('<config>', 'network file')
    .addOption(formatOption())
    .requiredOption('--out <directory>', 'folder of the model')
    .option('--seed <seed>', 'of the initial weights', positiveInteger, 1)
    .addOption(pluginOption())
    .action(async (file: string, { format, out, seed, plugin }: Flags) => {
      const architecture = architectureOf(await loadExtensions(plugin));
      const graph = buildGraph(readNetwork(file, architecture), architecture);
      await saveModel(format, graph, initialState(graph, seed), out);
      terminal.print(`Model: ${out} (${format}, initial weights)`);
    });
}
