import { InvalidInputError } from '@netspace/contracts';

/** What would help, by the system's error code. */
const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'room for it: what was there before is unharmed',
  EDQUOT: 'room for it: what was there before is unharmed',
  EACCES: 'a folder that may be written to',
  EPERM: 'a folder that may be written to',
  EROFS: 'a folder that may be written to',
  // What Node.js says of new folders on a read-only file system.
  ENOENT: 'a folder that may be written to',
  EISDIR: 'no folder of that name',
  ENOTDIR: 'a folder where a file is in its path',
  EEXIST: 'a folder where a file is in its path',
  ENAMETOOLONG: 'a shorter name',
};

/**
 * The error to throw where the system refuses to write: file, what the system said, what would help.
 *
 * @param what - What cannot be written, for the message: `a record`.
 * @returns The error itself where it is none of the system's.
 */
export function cannotWrite(file: string, error: unknown, what = 'it'): unknown {
  const { syscall, code = '', message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  const expected = remedies[code];
  const problem = `${what} cannot be written: ${message}`;
  return new InvalidInputError({ file, problem, ...(expected === undefined ? {} : { expected }) }, { cause: error });
}
