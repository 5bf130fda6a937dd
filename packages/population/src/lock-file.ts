import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { InvalidInputError } from '@netspace/contracts';

/**
 * Creates a lock file that holds this process' id. A lock whose process no longer lives is taken over.
 *
 * @returns The function that removes it.
 * @throws InvalidInputError where another living process holds it.
 */
export function lockFile(file: string): () => void {
  for (;;) {
    try {
      const descriptor = openSync(file, 'wx');
      writeSync(descriptor, `${process.pid}\n`);
      closeSync(descriptor);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      removeIfStale(file);
    }
  }
}

function removeIfStale(file: string): void {
  const holder = Number(readFileSync(file, 'utf8'));
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    const problem = `process ${holder} is writing to this run`;
    throw new InvalidInputError({ file, problem, expected: 'one process at a time; wait for it, or end it' });
  }
  if (holder === process.pid) {
    throw new InvalidInputError({ file, problem: 'this process has the file open already' });
  }
  rmSync(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
