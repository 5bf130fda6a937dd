import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@netspace/config-file';
import { InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';

/** What SLURM is asked for: its options by their names in sbatch, and how many workers there are. */
export interface SlurmProfile {
  /** Workers: tasks of the job array, 1 to 10,000. Each trains many networks. */
  readonly workers: number;
  /** Workers at a time, at most; all where it is left out. */
  readonly atOnce?: number;
  /** Cores of a worker, which trains as many networks at a time. */
  readonly cpus: number;
  /** Time of a worker as sbatch knows it, `08:00:00`: one that has not done all then goes on later. */
  readonly time?: string;
  /** Seconds before that at which it stops. */
  readonly grace: number;
  readonly partition?: string;
  readonly account?: string;
  readonly qos?: string;
  /** Memory of a worker, `16G`. */
  readonly mem?: string;
  /** Further resources, `gpu:1`. */
  readonly gres?: string;
  readonly constraint?: string;
  /** Modules to load before, as `nodejs/20`. */
  readonly modules: readonly string[];
}

/** What stands behind `#SBATCH --option=`, where a space or a line's end would begin something else. */
const word = z.string().regex(/^[\w@%+=:,./|&*()[\]-]+$/, { error: 'without spaces or quotes, as sbatch reads it' });

const profileSchema: z.ZodType<SlurmProfile> = z.strictObject({
  workers: z.int().min(1).max(10_000).default(8),
  atOnce: z.int().min(1).optional(),
  cpus: z.int().min(1).default(1),
  time: word.optional(),
  grace: z.int().min(10).max(3600).default(60),
  partition: word.optional(),
  account: word.optional(),
  qos: word.optional(),
  mem: word.optional(),
  gres: word.optional(),
  constraint: word.optional(),
  modules: z.array(word).default([]),
}) as z.ZodType<SlurmProfile>;

/** Where a person's profile is, where nothing else is said: `~/.config/netspace/slurm.yaml`. */
export function usualProfileFile(): string {
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'netspace', 'slurm.yaml');
}

/**
 * Reads a profile from a YAML file.
 *
 * @param file - Its path; the usual one where it is left out, which need not be there: then nothing is asked for.
 * @throws InvalidInputError where there is no such file, or a key or value is none of a profile: file, line and key.
 * @example
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readProfile, usualProfileFile } from '@netspace/slurm';
 * const file = join(mkdtempSync(join(tmpdir(), 'slurm-')), 'slurm.yaml');
 * writeFileSync(file, 'partition: main\nworkers: 16\nmodules: [nodejs/20]');
 * const { partition, workers, cpus } = await readProfile(file);
 * [partition, workers, cpus]; // => ['main', 16, 1]
 * usualProfileFile().endsWith(join('netspace', 'slurm.yaml')); // => true
 */
export async function readProfile(file?: string): Promise<SlurmProfile> {
  const path = file ?? usualProfileFile();
  try {
    return parseConfig(await readFile(path, 'utf8'), path, profileSchema);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    if (file === undefined) return profileSchema.parse({});
    throw new InvalidInputError({ file, problem: 'there is no such file', expected: 'a profile for SLURM' });
  }
}
