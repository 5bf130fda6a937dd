import {
  type EvaluationControl,
  type EvaluationJob,
  type Evaluator,
  InvalidInputError,
  type TrainingOutcome,
} from '@netspace/contracts';
import { askProgram } from './ask-program.js';
import { findProgram } from './find-program.js';
import { Program } from './program.js';

/** A program of the user's that evaluates networks. */
export interface CommandEvaluatorOptions {
  /** The program and its arguments; no shell reads them. A program without a slash is looked up on the PATH. */
  readonly command: readonly string[];
  /** Folder that it runs in: the study's. */
  readonly directory: string;
  /** Seconds that a network may take, > 0. */
  readonly timeLimit: number;
  /** One process for each network, or one for many networks, one after the other. */
  readonly processes: 'each' | 'many';
}

/** Milliseconds that a program has to end when there are no more jobs. */
const endGrace = 300;
/** The longest time that a timer can be set to, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/**
 * The evaluator that asks a program of the user's: a job as a JSON line on its standard input, progress and the result as
 * JSON lines on its standard output (the protocol stands in the README of this package).
 *
 * A program that breaks the protocol, dies or takes too long costs the network that it was asked about: `evaluate` throws
 * with the reason and the last lines of its standard error. It is killed then, as when it is interrupted, with all that it
 * started; where a process serves many networks, the next one gets a new process.
 *
 * @throws InvalidInputError where there is no such program.
 * @example
 * import { commandEvaluator } from '@netspace/evaluators';
 * import { recipeSchema } from '@netspace/trainer';
 * const code = `process.stdin.on('data', (job) => console.log(JSON.stringify({ error: JSON.parse(job).seed })))`;
 * const command = ['node', '-e', code];
 * const evaluator = commandEvaluator({ command, directory: '.', timeLimit: 60, processes: 'each' });
 * const config = {
 *   stem: { type: 'res_stem_cifar', width: 8 },
 *   block: 'x',
 *   stages: [{ depth: 1, width: 8, stride: 1, bottleneckRatio: 1, groupWidth: 8 }],
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 10,
 *   imageSize: 8,
 *   imageChannels: 1,
 * };
 * const network = { id: 'n0', index: 0, config, complexity: { flops: 1, params: 1, acts: 1 }, parameters: {} };
 * const outcome = await evaluator.evaluate({ network, recipe: recipeSchema.parse({}), seed: 42 }, {});
 * outcome.error; // => 42
 */
export function commandEvaluator({ command, directory, timeLimit, processes }: CommandEvaluatorOptions): Evaluator {
  findProgram(command[0] ?? '', directory);
  const description = command.join(' ');
  let program: Program | undefined;
  let jobs = 0;

  /** The process that a job is for: a new one, or the one that serves many. */
  function programForNextJob(): Program {
    if (program?.isRunning === true) jobs++;
    else {
      program = new Program(command, directory);
      jobs = 1;
    }
    return program;
  }

  async function evaluate(job: EvaluationJob, { signal, ...watch }: EvaluationControl): Promise<TrainingOutcome> {
    signal?.throwIfAborted();
    const asked = programForNextJob();
    const interrupt = (): void => asked.killFor('was interrupted');
    signal?.addEventListener('abort', interrupt, { once: true });
    const expire = (): void => asked.killFor(`took longer than its time limit of ${timeLimit} s`);
    const deadline = setTimeout(expire, Math.min(timeLimit * 1000, longestTimer));
    try {
      return await askProgram(asked, { number: jobs, isLast: processes === 'each', ...job }, watch);
    } catch (error) {
      await asked.kill();
      signal?.throwIfAborted();
      throw failure(description, error as Error, asked.lastErrors);
    } finally {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', interrupt);
    }
  }

  async function close(): Promise<void> {
    program?.endInput();
    await program?.waitForEnd(endGrace);
    await program?.kill();
  }

  return { description, instructionSet: null, evaluate, close };
}

/** Why a program gave no result, as the reason of a failed record. */
function failure(description: string, error: Error, lastErrors: string): InvalidInputError {
  const words = lastErrors === '' ? '' : `; the end of its standard error:\n${lastErrors}`;
  return new InvalidInputError({ problem: `${description}: ${error.message}${words}` }, { cause: error });
}
