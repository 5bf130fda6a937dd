import { planStudy } from '@netspace/orchestrator';
import { commandLine } from '../../command-line.js';
import { printPlan } from '../../describe-plan.js';
import type { Terminal } from '../../terminal.js';
import { directoryOf, openStudy } from './open-results.js';
import { type TrainFlags, trainOptions } from './study-flags.js';
import { watched } from './watched.js';

/** Draws and plans in memory, prints the plan, and leaves the folder as it is. */
export async function dryRun(terminal: Terminal, file: string, flags: TrainFlags): Promise<void> {
  const plan = await watched(terminal, commandLine('run', file, flags, '--dry-run'), async (control) => {
    const study = await openStudy(file, flags);
    return planStudy(study, { directory: directoryOf(study, flags), ...trainOptions(flags), ...control });
  });
  if (plan === null) terminal.print('No engine of netspace trains these networks: their memory is not known.');
  else printPlan(terminal, plan, flags.workers);
  terminal.print(`Next: ${commandLine('run', file, flags)}`);
}
