import type { Command } from 'commander';
import { InvalidInputError } from '@netspace/contracts';
import { formatCount, formatDuration } from '@netspace/formats';
import { type ArmEstimate, estimateStudy, planStudy, spreadOfRun } from '@netspace/orchestrator';
import { availableParallelism } from 'node:os';
import { commandLine } from '../../command-line.js';
import { printMemory } from '../../describe-plan.js';
import { plannedSpread, printPrecision } from '../../describe-precision.js';
import { positiveInteger } from '../../positive-integer.js';
import type { Terminal } from '../../terminal.js';
import { directoryOf, openStudy } from './open-results.js';
import { type StudyFlags, studyFileCommand } from './study-flags.js';
import { watched } from './watched.js';

interface PlanFlags extends StudyFlags {
  readonly workers: number;
  readonly spread?: number;
}

/** `netspace study plan FILE`: what a study asks for and what it will be able to say, before anything is trained. */
export function planCommand(terminal: Terminal): Command {
  return studyFileCommand('plan', 'says what a study takes and how narrow its intervals will be; trains nothing')
    .option('--workers <count>', 'worker processes', positiveInteger, availableParallelism())
    .option(
      '--spread <points>',
      'standard deviation of the errors of a space (default: as the run has it, else 4)',
      spreadOf,
    )
    .action(async (file: string, flags: PlanFlags) => {
      const { workers } = flags;
      const { study, memory, estimates, known } = await watched(
        terminal,
        commandLine('plan', file, flags),
        async (control) => {
          const study = await openStudy(file, flags);
          const options = { directory: directoryOf(study, flags), workers, ...control };
          const [memory, estimates] = [await planStudy(study, options), await estimateStudy(study, options)];
          return { study, memory, estimates, known: await spreadOfRun(study, options.directory) };
        },
      );
      printEstimates(terminal, estimates, workers);
      if (memory !== null) printMemory(terminal, memory, workers);
      printPrecision(terminal, study, plannedSpread(flags.spread, known));
      terminal.print(`Next: ${commandLine('run', file, flags)}`);
    });
}

function spreadOf(text: string): number {
  const spread = Number(text);
  if (spread > 0 && Number.isFinite(spread)) return spread;
  throw new InvalidInputError({
    key: '--spread',
    problem: `got ${JSON.stringify(text)}`,
    expected: 'a number above 0',
  });
}

function printEstimates(terminal: Terminal, estimates: readonly ArmEstimate[], workers: number): void {
  terminal.printTable(
    ['space', 'networks', 'trainings', 'multiply-adds', 'time of a worker'],
    estimates.map(({ name, networks, trainings, flops, seconds }) => [
      ...[name, networks, trainings, formatCount(flops), seconds === null ? '' : formatDuration(seconds)],
    ]),
  );
  const trainings = estimates.reduce((sum, one) => sum + one.trainings, 0);
  const seconds = estimates.reduce((sum, one) => sum + (one.seconds ?? NaN), 0);
  const time = Number.isNaN(seconds)
    ? ''
    : `, about ${formatDuration(seconds / workers)} with ${workers} ${workers === 1 ? 'worker' : 'workers'} and nothing else running`;
  terminal.print(`In all ${trainings} trainings${time}`);
}
