import { planStudy } from '@netspace/orchestrator';
import type { Study } from '@netspace/study';
import { commandLine } from '../../command-line.js';
import { printPlan } from '../../describe-plan.js';
import type { Terminal } from '../../terminal.js';
import { directoryOf } from './open-results.js';
import { type TrainFlags, trainOptions } from './study-flags.js';
import { watched } from './watched.js';

/** Draws and plans in memory, prints the plan, and leaves the folder as it is. */
export async function dryRun(terminal: Terminal, study: Study, file: string, flags: TrainFlags): Promise<void> {
  const directory = directoryOf(study, flags);
  const plan = await watched(terminal, commandLine('run', file, flags, '--dry-run'), (control) =>
    planStudy(study, { directory, ...trainOptions(flags), ...control }),
  );
  if (plan === null) terminal.print('No engine of netspace trains these networks: their memory is not known.');
  else printPlan(terminal, plan, flags.workers);
  terminal.print(`Next: ${commandLine('run', file, flags)}`);
}
