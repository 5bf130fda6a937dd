import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';

/** The locks of this process; another lock with its id is of a dead process that had the same id. */
const held = new Set<string>();

/**
 * Creates a lock file that holds this process' id. A lock whose process no longer lives is taken over.
 *
 * @returns The function that removes it.
 * @throws InvalidInputError where a living process holds it.
 */
export function lockFile(file: string): () => void {
  const path = resolve(file);
  if (held.has(path)) throw new InvalidInputError({ file, problem: 'this process has the file open already' });
  while (!createLock(path)) removeStaleLock(path);
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
}

/** Creates the lock and its content in one step; false where there is one already. */
function createLock(path: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${process.pid}\n`);
  try {
    return link(draft, path);
  } finally {
    rmSync(draft);
  }
}

/** Removes a lock whose process is dead, and only that one: another process may be taking over too. */
function removeStaleLock(path: string): void {
  const holder = holderOf(path);
  if (holder === undefined) return;
  if (holder !== process.pid && isAlive(holder)) {
    const expected = 'one process at a time: wait for it or end it; if it is another program, delete this file';
    throw new InvalidInputError({ file: path, problem: `process ${holder} is writing to this run`, expected });
  }
  const claimed = `${path}.${process.pid}`;
  if (!rename(path, claimed)) return;
  // NaN, of a lock without an id, equals itself here.
  if (!Object.is(holderOf(claimed), holder)) link(claimed, path);
  rmSync(claimed);
}

/** The process of a lock, undefined where the lock is gone. Content that is no id names a process that never lives. */
function holderOf(path: string): number | undefined {
  return unless('ENOENT', () => Number.parseInt(readFileSync(path, 'utf8'), 10));
}

const link = (from: string, to: string): boolean => unless('EEXIST', () => (linkSync(from, to), true)) ?? false;
const rename = (from: string, to: string): boolean => unless('ENOENT', () => (renameSync(from, to), true)) ?? false;

/** What a call returns, or undefined where it fails with the given code. */
function unless<T>(code: string, call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
