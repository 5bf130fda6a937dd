import type { Command } from 'commander';
import { beginRun, samplePopulations } from '@netspace/orchestrator';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';
import { directoryOf, openStudy } from './open-results.js';
import { studyFileCommand, type StudyFlags } from './study-flags.js';
import { watched } from './watched.js';

interface SampleFlags extends StudyFlags {
  readonly resume?: boolean;
}

/** `netspace study sample FILE` */
export function sampleCommand(terminal: Terminal): Command {
  return studyFileCommand('sample', 'draws the populations')
    .option('--resume', 'go on where there are results: draw only what is new')
    .action(async (file: string, flags: SampleFlags) => {
      const study = await openStudy(file, flags);
      const run = await beginRun(study, directoryOf(study, flags), flags.resume ?? false);
      try {
        const populations = await watched(terminal, commandLine('sample', file, flags), (control) =>
          samplePopulations(run, true, control),
        );
        const rows = run.arms.map(({ name }, index) => {
          const { networks, sampling } = populations[index]!;
          return [name, networks.length, sampling.drawn, run.folder.population(name)];
        });
        terminal.printTable(['space', 'networks', 'candidates drawn', 'file'], rows);
        terminal.print(`Next: ${commandLine('train', file, flags)}`);
      } finally {
        await run.close();
      }
    });
}
