import { Command } from 'commander';
import type { TrainingTask, WorkerResult } from '@netspace/contracts';
import { formatPercent } from '@netspace/formats';
import { serveStudy } from '@netspace/orchestrator';
import { commandOf } from '../command-line.js';
import { pluginOption } from '../plugins-option.js';
import { EventView } from '../show-events.js';
import type { Terminal } from '../terminal.js';
import { openStudy } from './study/open-results.js';
import { queueOf, queueOption, requireOption, type StudyFlags, workersOption } from './study/study-flags.js';

interface WorkerFlags extends StudyFlags {
  readonly queue: string;
  readonly workers: number;
}

/** `netspace worker FILE --queue ADDRESS` */
export function workerCommand(terminal: Terminal): Command {
  return new Command('worker')
    .description('Trains what a process that leads the run of a study puts on a queue.')
    .argument('<study>', 'study file (YAML), the same as the run has')
    .addOption(queueOption().makeOptionMandatory())
    .option('--data <directory>', "folder of the dataset's files")
    .option('--engine <name>', 'engine, instead of the study file')
    .addOption(requireOption())
    .addOption(pluginOption())
    .addOption(workersOption('networks at a time'))
    .action(async (file: string, flags: WorkerFlags) => {
      const { drain, giveBack, leave, stopListening } = interrupts(terminal);
      try {
        const queue = (await queueOf(flags)).queue!;
        const { delivered, late, givenBack } = await serveStudy(await openStudy(file, flags), {
          ...{ queue, workers: flags.workers, drain, giveBack, leave, onEvent: new EventView(terminal).show },
          onTrained: (task, result) => terminal.note(describe(task, result)),
        });
        const others = [
          ...(late > 0 ? [`${late} too late, as others had them`] : []),
          ...(givenBack > 0 ? [`${givenBack} given back`] : []),
        ].map((part) => `; ${part}`);
        const told = `${delivered} ${delivered === 1 ? 'training' : 'trainings'} done${others.join('')}`;
        if (drain.aborted || leave.aborted) {
          const again = commandOf(['worker'], file, flags);
          throw new DOMException(`interrupted: ${told}\nTo go on: ${again}`, 'AbortError');
        }
        terminal.print(told);
      } finally {
        stopListening();
      }
    });
}

/**
 * Ctrl-C lets what is under way go to its end; the second one gives it back; the third one kills. A SIGTERM, as of a container
 * or a cluster, says that time is short: what goes on elsewhere is given back; the second one gives back all.
 */
function interrupts(terminal: Terminal) {
  const [drain, giveBack, leave] = [new AbortController(), new AbortController(), new AbortController()];
  const interrupted = new DOMException('interrupted', 'AbortError');
  const first = (signal: AbortController, note: string) => (): void => {
    if (!drain.signal.aborted && !leave.signal.aborted) {
      terminal.note(note);
      signal.abort(interrupted);
      return;
    }
    stopListening();
    giveBack.abort(interrupted);
  };
  const interrupt = first(
    drain,
    'No further training begins; those under way go to their end. Once more: they are given back.',
  );
  const terminate = first(
    leave,
    'No further training begins; those under way are given back where others go on with them.',
  );
  const stopListening = (): void => void process.off('SIGINT', interrupt).off('SIGTERM', terminate);
  process.on('SIGINT', interrupt).on('SIGTERM', terminate);
  return { drain: drain.signal, giveBack: giveBack.signal, leave: leave.signal, stopListening };
}

function describe({ arm, network, replicate }: TrainingTask, result: WorkerResult): string {
  const name = `${arm} ${network.id}${replicate === 0 ? '' : ` replicate ${replicate + 1}`}`;
  if (result.kind === 'failed') return `${name} failed: ${result.message}`;
  const { status, error } = result.outcome;
  return `${name} ${status === 'completed' ? `error ${formatPercent(error)}` : status}`;
}
