import { type EvaluationJob, type EpochRecord, InvalidInputError, type TrainingOutcome } from '@netspace/contracts';
import { checkOutcome } from './check-outcome.js';
import type { Program } from './program.js';
import { type EpochMessage, parseProgramMessage, type ProgramMessage, type ResultMessage } from './program-message.js';

/** A job for a program. */
export interface ProgramJob extends EvaluationJob {
  /** Which of the process' jobs, from 1. */
  readonly number: number;
  /** Whether the process has no other: it must end after its result. */
  readonly isLast: boolean;
}

/** Called as the program tells of the job. */
export interface ProgramWatch {
  readonly onProgress?: (share: number) => void;
  readonly onEpoch?: (epoch: EpochRecord) => void;
}

/** Seconds that a program has to end after its result. */
const endGrace = 10;
/** Characters of a line that messages show. */
const shownCharacters = 200;

/**
 * Asks a program about a network.
 *
 * @throws Error where it ends without a result or breaks the protocol: the message is a clause about it.
 */
export async function askProgram(program: Program, job: ProgramJob, watch: ProgramWatch): Promise<TrainingOutcome> {
  const answer = new Answer(job, watch);
  let overdue: NodeJS.Timeout | undefined;
  program.write(jobLine(job));
  if (job.isLast) program.endInput();
  try {
    for (;;) {
      const event = await program.next();
      if (event.kind === 'ended') return answer.outcomeAtEnd(event);
      answer.read(event.text);
      if (!answer.isComplete) continue;
      if (!job.isLast) return answer.outcome();
      overdue ??= setTimeout(
        () => program.killFor(`did not end within ${endGrace} s after its result`),
        1000 * endGrace,
      );
    }
  } finally {
    clearTimeout(overdue);
  }
}

function jobLine({ number, network: { id, config, parameters, complexity }, recipe, seed }: ProgramJob): string {
  return JSON.stringify({ job: number, id, config, parameters, complexity, recipe, seed });
}

/** What a program has said so far about a job. */
class Answer {
  private readonly start = performance.now();
  private epochStart = this.start;
  private readonly epochs: EpochRecord[] = [];
  private lines = 0;
  private result: ResultMessage | undefined;

  constructor(
    private readonly job: ProgramJob,
    private readonly watch: ProgramWatch,
  ) {}

  get isComplete(): boolean {
    return this.result !== undefined;
  }

  /** @throws InvalidInputError where the line breaks the protocol. */
  read(line: string): void {
    this.lines++;
    try {
      if (this.isComplete) throw new Error('was written after its result');
      const { job, content } = parseProgramMessage(line);
      this.checkJob(job);
      this.take(content);
    } catch (error) {
      const shown = line.length > shownCharacters ? `${line.slice(0, shownCharacters)}...` : line;
      throw new Error(`line ${this.lines} of its output, ${shown}: ${(error as Error).message}`, { cause: error });
    }
  }

  outcome(): TrainingOutcome {
    const { status = 'completed', ...measured } = this.result!;
    const rest = { epochs: this.epochs, seconds: (performance.now() - this.start) / 1000 };
    // An error of its own only a completed training has.
    return checkOutcome({ status, error: 100, ...measured, ...rest });
  }

  /** @throws Error where the program did not end well with a result. */
  outcomeAtEnd({ how, isGood }: { readonly how: string; readonly isGood: boolean }): TrainingOutcome {
    if (isGood && this.isComplete) return this.outcome();
    if (this.isComplete) throw new Error(`${how} after its result`);
    throw new Error(isGood ? `${how} before its result` : how);
  }

  /** A line about another job, or about none where there are many, could be taken for another network's. */
  private checkJob(job: number | undefined): void {
    const { number, isLast } = this.job;
    if (job === number || (job === undefined && isLast)) return;
    const problem = job === undefined ? 'missing' : `got ${job}`;
    throw new InvalidInputError({ key: 'job', problem, expected: `${number}, the job that it was asked` });
  }

  private take(content: ProgramMessage['content']): void {
    if ('progress' in content) this.watch.onProgress?.(content.progress);
    else if ('epoch' in content) this.takeEpoch(content);
    else this.result = content;
  }

  private takeEpoch(reported: EpochMessage): void {
    const now = performance.now();
    const epoch = { seconds: (now - this.epochStart) / 1000, ...reported };
    this.epochStart = now;
    this.epochs.push(epoch);
    this.watch.onEpoch?.(epoch);
    this.watch.onProgress?.(Math.min(1, epoch.epoch / this.job.recipe.epochs));
  }
}
