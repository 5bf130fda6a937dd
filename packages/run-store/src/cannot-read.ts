import { InvalidInputError } from '@netspace/contracts';

/**
 * The error to throw where the system refuses to read: file, what the system said, what would help.
 *
 * @returns The error itself where it is none of the system's.
 */
export function cannotRead(file: string, error: unknown, expected: string): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  return new InvalidInputError({ file, problem: `cannot be read: ${message}`, expected }, { cause: error });
}
