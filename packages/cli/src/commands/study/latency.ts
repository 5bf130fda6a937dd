import type { Command } from 'commander';
import { measureLatencies, openRunOf, readPopulations } from '@netspace/orchestrator';
import { commandLine } from '../../command-line.js';
import { printLatencies } from '../../describe-latencies.js';
import { positiveInteger } from '../../positive-integer.js';
import type { Terminal } from '../../terminal.js';
import { directoryOf, openStudy } from './open-results.js';
import { studyFileCommand, type StudyFlags } from './study-flags.js';
import { watched } from './watched.js';

interface LatencyFlags extends StudyFlags {
  readonly batch: number;
}

/** `netspace study latency FILE` */
export function latencyCommand(terminal: Terminal): Command {
  return studyFileCommand('latency', 'measures the inference time of every network drawn')
    .option('--batch <images>', 'images of an inference pass', positiveInteger, 1)
    .action(async (file: string, flags: LatencyFlags) => {
      const { run, latencies } = await watched(terminal, commandLine('latency', file, flags), async (control) => {
        const study = await openStudy(file, flags);
        const run = await openRunOf(study, directoryOf(study, flags));
        return { run, latencies: await measureLatencies(study, run, { batchSize: flags.batch, ...control }) };
      });
      printLatencies(terminal, run.arms, (await readPopulations(run)).populations, latencies);
      terminal.print(`Inference times: ${run.folder.latencies}`);
      terminal.print(`Next: ${commandLine('analyse', file, flags)}`);
    });
}
