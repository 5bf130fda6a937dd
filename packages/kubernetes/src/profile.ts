import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@netspace/config-file';
import { InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';

/** What Kubernetes is asked for. */
export interface KubernetesProfile {
  /** Container image that has the command `netspace`, `registry.example.org/netspace:1`. */
  readonly image: string;
  /** Name of the PersistentVolumeClaim that holds the study, its images and its run; pods of all nodes must be able to write to it. */
  readonly claim: string;
  /** Where the volume is mounted: the folder that workers start in. */
  readonly mountPath: string;
  /** Workers: pods of the job, 1 to 10,000. Each trains many networks. */
  readonly workers: number;
  /** Workers at a time, at most; all where it is left out. */
  readonly atOnce?: number;
  /** Cores of a worker, which trains as many networks at a time. */
  readonly cpus: number;
  /** Memory of a worker, `4Gi`. */
  readonly memory?: string;
  /** GPUs of a worker (`nvidia.com/gpu`), for evaluators that use them. */
  readonly gpus?: number;
  readonly namespace?: string;
  /** Labels of the nodes that workers run on. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** How often a worker is started again that fails: it is killed for want of memory, say. */
  readonly retries: number;
  /** Seconds from the word that a pod ends to its end. */
  readonly grace: number;
}

/** Names as DNS labels (RFC 1123), which Kubernetes' own names are. */
const label = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, { error: 'a-z, 0-9 and -, at most 63 letters' });

/** `500m`, `4Gi`, `1.5e9`. */
const quantity = z
  .string()
  .regex(/^\d+(\.\d+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|e\d+)?$/, { error: 'a quantity such as 4Gi' });

const profileSchema: z.ZodType<KubernetesProfile> = z.strictObject({
  image: z.string().regex(/^\S+$/, { error: 'an image, without spaces' }),
  claim: label,
  mountPath: z.string().startsWith('/').default('/work'),
  workers: z.int().min(1).max(10_000).default(8),
  atOnce: z.int().min(1).optional(),
  cpus: z.int().min(1).default(1),
  memory: quantity.optional(),
  gpus: z.int().min(1).optional(),
  namespace: label.optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  retries: z.int().min(0).max(1000).default(5),
  grace: z.int().min(10).max(3600).default(60),
}) as z.ZodType<KubernetesProfile>;

/** Where a person's profile is, where nothing else is said: `~/.config/netspace/kubernetes.yaml`. */
export function usualProfileFile(): string {
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'netspace', 'kubernetes.yaml');
}

/**
 * Reads a profile from a YAML file.
 *
 * @throws InvalidInputError where there is no such file, a key is missing, or a key or value is none of a profile: file, line
 * and key.
 * @example
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readProfile, usualProfileFile } from '@netspace/kubernetes';
 * const file = join(mkdtempSync(join(tmpdir(), 'kubernetes-')), 'kubernetes.yaml');
 * writeFileSync(file, 'image: netspace:1\nclaim: studies\nworkers: 16');
 * const { image, workers, mountPath } = await readProfile(file);
 * [image, workers, mountPath]; // => ['netspace:1', 16, '/work']
 * usualProfileFile().endsWith(join('netspace', 'kubernetes.yaml')); // => true
 */
export async function readProfile(file: string = usualProfileFile()): Promise<KubernetesProfile> {
  try {
    return parseConfig(await readFile(file, 'utf8'), file, profileSchema);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const expected = 'a profile for Kubernetes: image, claim';
    throw new InvalidInputError({ file, problem: 'there is no such file', expected });
  }
}
