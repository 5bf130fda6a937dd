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

/** What a file says of a {@link SlurmProfile}: any of its keys. */
export type SlurmSection = Partial<SlurmProfile>;

/** What holds where no file says anything. */
export const nothingAsked: SlurmProfile = { workers: 8, cpus: 1, grace: 60, modules: [] };

/** What stands behind `#SBATCH --option=`, where a space or a line's end would begin something else. */
const word = z.string().regex(/^[\w@%+=:,./|&*()[\]-]+$/, { error: 'without spaces or quotes, as sbatch reads it' });

/** A text that sbatch takes as its option of the key's name. */
const option = (description: string) => z.exactOptional(word).meta({ description });

/**
 * The form of what a profile, or the section `slurm` of a study file, says.
 *
 * @example
 * import { slurmSectionSchema } from '@netspace/slurm';
 * slurmSectionSchema.parse({ partition: 'gpu', workers: 16 }); // => { partition: 'gpu', workers: 16 }
 */
export const slurmSectionSchema = z.strictObject({
  workers: z.exactOptional(z.int().min(1).max(10_000)).meta({
    description: `Workers: tasks of the job array, each of which trains many networks; ${nothingAsked.workers} where nothing is said.`,
  }),
  atOnce: z.exactOptional(z.int().min(1)).meta({
    description: 'Workers at a time, at most; all where nothing is said.',
  }),
  cpus: z.exactOptional(z.int().min(1)).meta({
    description: `Cores of a worker, which trains as many networks at a time; ${nothingAsked.cpus} where nothing is said.`,
  }),
  time: option('Time of a worker; it goes on later where that was not enough.'),
  grace: z.exactOptional(z.int().min(10).max(3600)).meta({
    description: `How long before that it stops; ${nothingAsked.grace} where nothing is said.`,
    unit: 's',
  }),
  partition: option('Partition of the cluster.'),
  account: option('Account that is charged.'),
  qos: option('Quality of service.'),
  mem: option('Memory of a worker.'),
  gres: option('Further resources of a worker.'),
  constraint: option('Features that nodes must have: with one instruction set, all results have the same last bits.'),
  modules: z.exactOptional(z.array(word)).meta({
    description: 'Modules that are loaded before a worker starts.',
  }),
}) satisfies z.ZodType<SlurmSection>;
