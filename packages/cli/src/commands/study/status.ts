import type { Command } from 'commander';
import { InvalidInputError } from '@netspace/contracts';
import { formatDuration } from '@netspace/formats';
import { type RunStatus, runStatus, type WriterStatus } from '@netspace/orchestrator';
import { submittedJobs } from '@netspace/run-store';
import { type JobState, jobStates } from '@netspace/slurm';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';
import { openResults } from './open-results.js';
import { type FolderFlags, resultsCommand } from './study-flags.js';

/** `netspace study status STUDY` */
export function statusCommand(terminal: Terminal): Command {
  return resultsCommand('status', 'says how far a run is, and which processes make it').action(
    async (target: string, flags: FolderFlags) => {
      const { run } = await openResults(target, flags);
      printStatus(terminal, await runStatus(run));
      await printJobs(terminal, await submittedJobs(run.folder));
      terminal.print(`Next: ${commandLine('analyse', target, flags)}`);
    },
  );
}

function printStatus(terminal: Terminal, status: RunStatus): void {
  const { arms, writers, trainings, left, secondsLeft } = status;
  terminal.printTable(
    ['space', 'trainings', 'completed', 'diverged', 'failed', 'left'],
    arms.map((arm) => {
      const { name, completed, diverged, failed } = arm;
      return [name, arm.trainings, completed, diverged, failed, arm.trainings - completed - diverged];
    }),
  );
  if (writers.length > 0) {
    terminal.print('');
    terminal.printTable(['process', 'host', 'results', 'last result', 'state'], writers.map(rowOf));
  }
  terminal.print('');
  const time = secondsLeft === null ? '' : `, ${formatDuration(secondsLeft)} left at the pace of the last results`;
  terminal.print(`${trainings - left} of ${trainings} trainings have a result${time}`);
  printEvaluators(terminal, status);
}

/** The jobs of a cluster that are not over. */
async function printJobs(terminal: Terminal, jobs: readonly string[]): Promise<void> {
  const states = (await statesOf(terminal, jobs)).filter(({ state }) => state === 'PENDING' || state === 'RUNNING');
  if (states.length === 0) return;
  terminal.print('');
  terminal.printTable(
    ['job', 'state', 'node', 'reason'],
    states.map(({ job, task, state, node, reason }) => [
      ...[`${job}_${task}`, state.toLowerCase(), node, reason === 'None' ? '' : reason],
    ]),
  );
}

/** None where the cluster cannot be asked, as on another machine: that is told, and all else is known without it. */
async function statesOf(terminal: Terminal, jobs: readonly string[]): Promise<readonly JobState[]> {
  try {
    return await jobStates(jobs);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    terminal.note(`How jobs ${jobs.join(', ')} stand is not known here: ${error.message}`);
    return [];
  }
}

function rowOf({ writer, records, last, sign }: WriterStatus): (string | number)[] {
  return [writer, last?.host ?? sign?.host ?? '', records, last?.date ?? '', stateOf(sign)];
}

/** What a process said of itself: whether it still lives, another clock cannot tell. */
function stateOf(sign: WriterStatus['sign']): string {
  if (sign === null) return '';
  return sign.ended ? 'ended' : `last sign ${sign.date}`;
}

function printEvaluators(terminal: Terminal, { evaluators }: RunStatus): void {
  if (evaluators.length < 2) return;
  terminal.print('Results are of several kinds, which may differ in their last bits:');
  for (const { evaluator, instructionSet, results } of evaluators) {
    terminal.print(`  ${results} by ${evaluator}${instructionSet === null ? '' : `, ${instructionSet}`}`);
  }
}
