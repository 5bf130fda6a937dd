import type { Command } from 'commander';
import { InvalidInputError } from '@netspace/contracts';
import { formatDuration } from '@netspace/formats';
import { type ArmEstimate, estimateStudy, planStudy } from '@netspace/orchestrator';
import { detectableDistance, expectedHalfWidths } from '@netspace/statistics';
import { availableParallelism } from 'node:os';
import { commandLine } from '../../command-line.js';
import { printMemory } from '../../describe-plan.js';
import { positiveInteger } from '../../positive-integer.js';
import type { Terminal } from '../../terminal.js';
import { directoryOf, openStudy } from './open-results.js';
import { type StudyFlags, studyFileCommand } from './study-flags.js';
import { watched } from './watched.js';

interface PlanFlags extends StudyFlags {
  readonly workers: number;
  readonly spread: number;
}

/** Standard deviation of the errors of a population, in percentage points, where it is not known better. */
const usualSpread = 4;

/** `netspace study plan FILE`: what a study asks for and what it will be able to say, before anything is trained. */
export function planCommand(terminal: Terminal): Command {
  return studyFileCommand('plan', 'says what a study takes and how narrow its intervals will be; trains nothing')
    .option('--workers <count>', 'worker processes', positiveInteger, availableParallelism())
    .option('--spread <points>', 'standard deviation of the errors of a space', spreadOf, usualSpread)
    .action(async (file: string, flags: PlanFlags) => {
      const { workers, spread } = flags;
      const { memory, estimates } = await watched(terminal, commandLine('plan', file, flags), async (control) => {
        const study = await openStudy(file, flags);
        const options = { directory: directoryOf(study, flags), workers, ...control };
        return { memory: await planStudy(study, options), estimates: await estimateStudy(study, options) };
      });
      printEstimates(terminal, estimates, workers);
      if (memory !== null) printMemory(terminal, memory, workers);
      printPrecision(terminal, Math.min(...estimates.map(({ networks }) => networks)), spread);
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
      ...[
        name,
        networks,
        trainings,
        `${(flops / 1e12).toPrecision(3)}T`,
        seconds === null ? '' : formatDuration(seconds),
      ],
    ]),
  );
  const trainings = estimates.reduce((sum, one) => sum + one.trainings, 0);
  const seconds = estimates.reduce((sum, one) => sum + (one.seconds ?? NaN), 0);
  const time = Number.isNaN(seconds)
    ? ''
    : `, about ${formatDuration(seconds / workers)} with ${workers} ${workers === 1 ? 'worker' : 'workers'} and nothing else running`;
  terminal.print(`In all ${trainings} trainings${time}`);
}

function printPrecision(terminal: Terminal, networks: number, spread: number): void {
  if (networks < 2) return;
  const { band, medianDifference } = expectedHalfWidths(networks, spread);
  const needed = Math.ceil(networks * medianDifference ** 2);
  terminal.print('');
  terminal.print(
    `With ${networks} networks a space whose errors spread by ${spread} points (--spread), 95 % intervals reach`,
  );
  terminal.print(`  ${medianDifference.toFixed(2)} points to either side of the median difference of two spaces,`);
  terminal.print(
    `  ${(100 * band).toFixed(0)} % of the networks to either side of an error distribution at its median.`,
  );
  const distance = detectableDistance(networks);
  if (distance !== null) {
    terminal.print(
      `Distributions that are ${(100 * distance).toFixed(0)} % of the networks apart are told apart (Kolmogorov-Smirnov) with 80 % chance.`,
    );
  }
  terminal.print(`For one point to either side, ${needed} networks a space are needed.`);
}
