import { readFileSync, readlinkSync } from 'node:fs';
import { z } from 'zod';

/** Which process of which machine: another one that gets its number later is not the same. */
export const processIdentitySchema = z.strictObject({
  /** What shares the numbers of processes: a machine since it was started, or a container on it. */
  machine: z.string(),
  id: z.int(),
  /** When it began, in ticks since the machine did. */
  begin: z.string(),
});

export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** This process; null where the system does not tell (all but Linux). */
export function thisProcess(): ProcessIdentity | null {
  const machine = thisMachine();
  const begin = beginOf(process.pid);
  return machine === undefined || begin === undefined ? null : { machine, id: process.pid, begin };
}

/** Whether a process is gone for certain: it was one of this machine, and is there no longer. */
export function isGone(identity: ProcessIdentity | null): boolean {
  return identity !== null && identity.machine === thisMachine() && beginOf(identity.id) !== identity.begin;
}

function thisMachine(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}

/** Undefined where there is no such process, or it has ended and nobody has noticed yet. */
function beginOf(id: number): string | undefined {
  try {
    // Behind the name, which may hold anything, the state is the first field and the beginning the twentieth (man 5 proc).
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return ['Z', 'X'].includes(fields[0]!) ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
