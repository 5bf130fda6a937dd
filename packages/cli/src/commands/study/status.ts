import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { InvalidInputError } from '@netspace/contracts';
import { formatDuration } from '@netspace/formats';
import { type RunStatus, runStatus, type WriterStatus } from '@netspace/orchestrator/results';
import { submittedJobs } from '@netspace/run-store';
import { type JobState, jobStates } from '@netspace/slurm';
import { commandLine } from '../../command-line.js';
import type { Page, Terminal } from '../../terminal.js';
import { isFolder, openResults } from './open-results.js';
import { type FolderFlags, resultsCommand } from './study-flags.js';
import { watched } from './watched.js';

interface StatusFlags extends FolderFlags {
  readonly follow?: boolean;
}

/** `netspace study status STUDY [--follow]` */
export function statusCommand(terminal: Terminal): Command {
  return resultsCommand('status', 'says how far a run is, and which processes make it')
    .option(
      '--follow',
      'print it anew while the run goes on, until all is trained or Ctrl-C, which ends nothing of the run',
    )
    .action(async (target: string, flags: StatusFlags) => {
      if (flags.follow === true) {
        await follow(terminal, target, flags);
        terminal.print(`Next: ${commandLine('analyse', target, flags)}`);
        return;
      }
      const { note, ...standing } = await look(target, flags);
      if (note !== undefined) terminal.note(note);
      printStanding(terminal, standing);
      const step = nextStep(standing.status, target);
      if (step !== undefined) terminal.print(`Next: ${commandLine(step, target, flags)}`);
    });
}

/** What there is to do: nothing can be analysed of a run without results, and the folder of one cannot be trained. */
function nextStep({ trainings, left }: RunStatus, target: string): 'analyse' | 'train' | undefined {
  if (left < trainings) return 'analyse';
  return isFolder(target) ? undefined : 'train';
}

/** How a run and its jobs stand. */
interface Standing {
  readonly status: RunStatus;
  readonly jobs: readonly JobState[];
}

/** The note says why the cluster cannot be asked, as on another machine: all else is known without it. */
async function look(target: string, flags: FolderFlags): Promise<Standing & { readonly note?: string }> {
  const { run } = await openResults(target, flags);
  const status = await runStatus(run);
  const jobs = await submittedJobs(run.folder);
  try {
    return { status, jobs: await jobStates(jobs) };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { status, jobs: [], note: `How jobs ${jobs.join(', ')} stand is not known here: ${error.message}` };
  }
}

/** Milliseconds between two looks, at least; looking takes at most a tenth of the time. */
const pause = 3000;

/** Looks again and again, until all is trained or nobody reads it any more. */
function follow(terminal: Terminal, target: string, flags: FolderFlags): Promise<void> {
  return watched(terminal, commandLine('status', target, flags, '--follow'), async ({ signal }) => {
    let told: string | undefined;
    for (;;) {
      const start = performance.now();
      const { note, ...standing } = await look(target, flags);
      if (note !== undefined && note !== told) terminal.note(note);
      told = note;
      terminal.redraw((page) => printStanding(page, standing));
      if (standing.status.left === 0 || !terminal.isRead) return;
      const took = performance.now() - start;
      await setTimeout(Math.max(pause, 9 * took), undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  });
}

function printStanding(page: Page, { status, jobs }: Standing): void {
  printStatus(page, status);
  printJobs(page, jobs);
}

function printStatus(page: Page, status: RunStatus): void {
  const { arms, writers, trainings, left, secondsLeft } = status;
  page.printTable(
    ['space', 'trainings', 'completed', 'diverged', 'failed', 'left'],
    arms.map((arm) => {
      const { name, completed, diverged, failed } = arm;
      return [name, arm.trainings, completed, diverged, failed, arm.trainings - completed - diverged];
    }),
  );
  if (writers.length > 0) {
    page.print('');
    page.printTable(['process', 'host', 'results', 'last result', 'state'], writers.map(rowOf));
  }
  page.print('');
  const time = secondsLeft === null ? '' : `, ${formatDuration(secondsLeft)} left at the pace of the last results`;
  page.print(`${trainings - left} of ${trainings} trainings have a result${time}`);
  printEvaluators(page, status);
}

/** The jobs of a cluster that are not over. */
function printJobs(page: Page, jobs: readonly JobState[]): void {
  const states = jobs.filter(({ state }) => state === 'PENDING' || state === 'RUNNING');
  if (states.length === 0) return;
  page.print('');
  page.printTable(
    ['job', 'state', 'node', 'reason'],
    states.map(({ job, task, state, node, reason }) => [
      ...[`${job}_${task}`, state.toLowerCase(), node, reason === 'None' ? '' : reason],
    ]),
  );
}

function rowOf({ writer, records, last, sign }: WriterStatus): (string | number)[] {
  return [writer, last?.host ?? sign?.host ?? '', records, last?.date ?? '', stateOf(sign)];
}

/** What a process said of itself: whether it still lives, another clock cannot tell. */
function stateOf(sign: WriterStatus['sign']): string {
  if (sign === null) return '';
  return sign.ended ? 'ended' : `last sign ${sign.date}`;
}

function printEvaluators(page: Page, { evaluators }: RunStatus): void {
  if (evaluators.length < 2) return;
  page.print('Results are of several kinds, which may differ in their last bits:');
  for (const { evaluator, instructionSet, results } of evaluators) {
    page.print(`  ${results} by ${evaluator}${instructionSet === null ? '' : `, ${instructionSet}`}`);
  }
}
