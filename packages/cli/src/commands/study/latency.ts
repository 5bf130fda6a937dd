import { armLatencies } from '@netspace/analysis';
import { type LatencyOptions, measureLatencies, openRunOf, readPopulations } from '@netspace/orchestrator';
import type { Study } from '@netspace/study';
import type { Command } from 'commander';
import { commandLine } from '../../command-line.js';
import { printLatencies } from '../../describe-latencies.js';
import { positiveInteger } from '../../positive-integer.js';
import type { Terminal } from '../../terminal.js';
import { directoryOf, openStudy } from './open-results.js';
import { studyFileCommand, type StudyFlags } from './study-flags.js';
import { watched } from './watched.js';

interface LatencyFlags extends StudyFlags {
  readonly batch?: number;
}

/** `netspace study latency FILE` */
export function latencyCommand(terminal: Terminal): Command {
  return studyFileCommand('latency', 'measures the inference time of every network drawn')
    .option('--batch <images>', 'images of an inference pass, instead of the study file', positiveInteger)
    .action(async (file: string, flags: LatencyFlags) => {
      const { run, latencies } = await watched(terminal, commandLine('latency', file, flags), async (control) => {
        const study = await openStudy(file, flags);
        const run = await openRunOf(study, directoryOf(study, flags));
        return { run, latencies: await measureLatencies(study, run, { ...whatToMeasure(study, flags), ...control }) };
      });
      const { populations } = await readPopulations(run);
      printLatencies(
        terminal,
        run.arms.map(({ name }, index) => ({ name, latencies: armLatencies(populations[index]!.networks, latencies) })),
      );
      terminal.print(`Inference times: ${run.folder.latencies}`);
      terminal.print(`Next: ${commandLine('analyse', file, flags)}`);
    });
}

/** As the command line says, else the `latency` of the study; else single images on the study's engine. */
function whatToMeasure(
  { engine: own, latency }: Study,
  { engine, batch }: LatencyFlags,
): Pick<LatencyOptions, 'engines' | 'batchSizes'> {
  return {
    engines: engine === undefined ? (latency?.engines ?? [own]) : [engine],
    batchSizes: batch === undefined ? (latency?.batchSizes ?? [1]) : [batch],
  };
}
