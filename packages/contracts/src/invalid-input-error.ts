/** Where and what a bad input is. */
export interface InvalidInput {
  /** What is wrong, without the location: "w_m must be above 1, but got 0.5". */
  readonly problem: string;
  /** What would be valid. */
  readonly expected?: string;
  /** File it was read from. */
  readonly file?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Path of the key: `stages[2].width`. */
  readonly key?: string;
}

/**
 * An input that a person can mend; programs print its message without a stack.
 *
 * @example
 * import { InvalidInputError } from '@netspace/contracts';
 * const input = { file: 'study.yaml', line: 4, key: 'recipe.epochs', problem: 'got 0', expected: 'at least 1' };
 * new InvalidInputError(input).message; // => 'study.yaml:4: recipe.epochs: got 0 (valid: at least 1)'
 */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  readonly input: InvalidInput;

  constructor(input: InvalidInput, options?: ErrorOptions) {
    super(describe(input), options);
    this.input = input;
  }
}

function describe({ problem, expected, file, line, key }: InvalidInput): string {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  const subject = [place, key].filter((part) => part !== undefined && part !== '').join(': ');
  const message = subject === '' ? problem : `${subject}: ${problem}`;
  return expected === undefined ? message : `${message} (valid: ${expected})`;
}
