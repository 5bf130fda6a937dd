import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import { cannotWrite } from './cannot-write.js';

/**
 * Another process writes to a run.
 *
 * @example
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { lockRunFolder, openRunFolder, RunInUse } from '@netspace/run-store';
 * const folder = await openRunFolder(mkdtempSync(join(tmpdir(), 'run-')));
 * const unlock = await lockRunFolder(folder);
 * await lockRunFolder(folder).catch((error: unknown) => error instanceof RunInUse); // => true
 * await unlock();
 */
export class RunInUse extends InvalidInputError {}

/** Who holds a lock. */
interface Holder {
  /** Name of the only file in the lock: another one each time. */
  readonly name: string;
  readonly process: number;
  readonly host: string;
}

const holderSchema = z.object({ process: z.int(), host: z.string() });

/** The locks of this process; another lock with its id is of a dead process that had the same id. */
const held = new Set<string>();

/**
 * Takes a lock: a folder that holds one file, which tells its holder. A lock whose process no longer lives is taken over.
 *
 * A full folder is renamed to the lock's name, which the system refuses where the lock holds a file: so a lock is there
 * with its content or not at all, also on file systems without hard links. A lock is given up by removing its file, whose
 * name no other lock has: so whoever takes over removes the lock that it looked at, and none that came after.
 *
 * @returns The function that gives it up; it throws InvalidInputError where the lock cannot be removed.
 * @throws InvalidInputError where a living process holds it, or one of another host; or where it cannot be written.
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  const name = `${randomUUID()}.json`;
  held.add(name);
  try {
    do await removeStaleLock(path);
    while (!(await putLock(path, name)));
  } catch (error) {
    held.delete(name);
    throw cannotWrite(path, error, 'a lock');
  }
  return async () => {
    try {
      await removeLock(path, name);
    } catch (error) {
      // Once this process is gone, it is taken over.
      throw cannotWrite(path, error, 'a lock');
    } finally {
      held.delete(name);
    }
  };
}

async function removeStaleLock(path: string): Promise<void> {
  const holder = await holderOf(path);
  if (holder === undefined) return;
  refuseLiving(path, holder);
  await removeLock(path, holder.name);
}

/** Puts a lock where there is none; false where another process was faster. */
async function putLock(path: string, name: string): Promise<boolean> {
  const draft = `${path}.${name}`;
  try {
    await mkdir(draft);
    await writeFile(join(draft, name), `${JSON.stringify({ process: process.pid, host: hostname() })}\n`);
    return await succeeds(rename(draft, path), 'ENOTEMPTY', 'EEXIST');
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function removeLock(path: string, name: string): Promise<void> {
  await succeeds(unlink(join(path, name)), 'ENOENT', 'ENOTDIR');
  await succeeds(rmdir(path), 'ENOENT', 'ENOTEMPTY', 'EEXIST');
}

/** Who holds a lock; undefined where nobody does. */
async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    const [name] = await readdir(path);
    return name === undefined ? undefined : { name, ...parseHolder(await readFile(join(path, name), 'utf8')) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Content that names no process, as after a power cut, is of a process of this host that lives no more. */
function parseHolder(text: string): Pick<Holder, 'process' | 'host'> {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return { process: NaN, host: hostname() };
  }
}

function refuseLiving(path: string, { name, process: id, host }: Holder): void {
  if (held.has(name)) throw new RunInUse({ file: path, problem: 'this process is writing to this run already' });
  if (host !== hostname()) {
    const problem = `process ${id} on ${host} may be writing to this run: from here it cannot be told whether it lives`;
    throw new RunInUse({
      file: path,
      problem,
      expected: 'wait for it or end it; if it is gone, delete this folder',
    });
  }
  if (id === process.pid || !isAlive(id)) return;
  const expected = 'one process at a time: wait for it or end it; if it is another program, delete this folder';
  throw new RunInUse({ file: path, problem: `process ${id} is writing to this run`, expected });
}

/** Whether a call succeeds; false where it fails with one of the codes. */
async function succeeds(call: Promise<unknown>, ...codes: string[]): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (codes.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function isAlive(id: number): boolean {
  if (!(id > 0)) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
