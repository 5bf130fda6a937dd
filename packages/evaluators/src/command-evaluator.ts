import type { Evaluator } from '@netspace/contracts';

/** A program of the user's that evaluates networks. */
export interface CommandEvaluatorOptions {
  /** The program and its arguments; no shell reads them. A program without a slash is looked up on the PATH. */
  readonly command: readonly string[];
  /** Folder that it runs in: the study's. */
  readonly directory: string;
  /** Seconds that a network may take, > 0; 86,400, a day, by default. */
  readonly timeLimit?: number;
  /** One process for each network, or one for many networks, one after the other. */
  readonly processes: 'each' | 'many';
}

/** The evaluator that asks a program of the user's. */
export function commandEvaluator(options: CommandEvaluatorOptions): Evaluator {
  throw new Error(`not yet: ${options.processes}`);
}
