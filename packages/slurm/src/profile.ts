import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@netspace/config-file';
import { InvalidInputError } from '@netspace/contracts';
import { nothingAsked, type SlurmProfile, type SlurmSection, slurmSectionSchema } from './section.js';

/** Where a person's profile is, where nothing else is said: `~/.config/netspace/slurm.yaml`. */
export function usualProfileFile(): string {
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'netspace', 'slurm.yaml');
}

/**
 * What SLURM is asked for, key by key: as the file says that is named, else as the study says, else as the usual profile says
 * where no file is named.
 *
 * @param file - Path of a profile, a YAML file, that is used instead of the usual one; that one need not be there.
 * @param ofStudy - The section `slurm` of a study.
 * @throws InvalidInputError where there is no such file, or a key or value is none of a profile: file, line and key.
 * @example
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readProfile, usualProfileFile } from '@netspace/slurm';
 * const file = join(mkdtempSync(join(tmpdir(), 'slurm-')), 'slurm.yaml');
 * writeFileSync(file, 'partition: main\nworkers: 16\nmodules: [nodejs/20]');
 * const { partition, workers, cpus, time } = await readProfile(file, { workers: 4, time: '08:00:00' });
 * [partition, workers, cpus, time]; // => ['main', 16, 1, '08:00:00']
 * usualProfileFile().endsWith(join('netspace', 'slurm.yaml')); // => true
 */
export async function readProfile(file?: string, ofStudy: SlurmSection = {}): Promise<SlurmProfile> {
  if (file === undefined) return { ...nothingAsked, ...(await readSection(usualProfileFile())), ...ofStudy };
  const named = await readSection(file);
  if (named !== undefined) return { ...nothingAsked, ...ofStudy, ...named };
  throw new InvalidInputError({ file, problem: 'there is no such file', expected: 'a profile for SLURM' });
}

/** Undefined where there is no such file. */
async function readSection(file: string): Promise<SlurmSection | undefined> {
  try {
    return parseConfig(await readFile(file, 'utf8'), file, slurmSectionSchema);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
