import type { Command } from 'commander';
import { beginRun, samplePopulations } from '@netspace/orchestrator';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';
import { directoryOf, openStudy } from './open-results.js';
import { studyFileCommand, type StudyFlags } from './study-flags.js';
import { type Control, watched } from './watched.js';

interface SampleFlags extends StudyFlags {
  readonly resume?: boolean;
}

/** `netspace study sample FILE` */
export function sampleCommand(terminal: Terminal): Command {
  return studyFileCommand('sample', 'draws the populations')
    .option('--resume', 'go on where there are results: draw only what is new')
    .action(async (file: string, flags: SampleFlags) => {
      const again = commandLine('sample', file, flags, ...(flags.resume === true ? ['--resume'] : []));
      const rows = await watched(terminal, again, (control) => sample(file, flags, control));
      terminal.printTable(['space', 'networks', 'candidates drawn', 'file'], rows);
      terminal.print(`Next: ${commandLine('train', file, flags)}`);
    });
}

/** Draws the populations; a row each. */
async function sample(file: string, flags: SampleFlags, control: Control): Promise<(string | number)[][]> {
  const study = await openStudy(file, flags);
  const run = await beginRun(study, directoryOf(study, flags), flags.resume ?? false);
  try {
    const populations = await samplePopulations(run, true, control);
    return run.arms.map(({ name }, index) => {
      const { networks, sampling } = populations[index]!;
      return [name, networks.length, sampling.drawn, run.folder.population(name)];
    });
  } finally {
    await run.close();
  }
}
