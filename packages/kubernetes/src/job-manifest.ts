import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPodSpec, IResourceRequirements } from 'kubernetes-models/v1';
import { stringify } from 'yaml';
import type { KubernetesProfile } from './profile.js';

/** What an Indexed Job does. */
export interface JobManifestOptions {
  /** Of the study: its job is named after it. */
  readonly name: string;
  /** What Kubernetes is asked for. */
  readonly profile: KubernetesProfile;
  /** Program and arguments of worker `index` of `of`, which may stand for the shell's words. Its paths are those of the volume. */
  readonly worker: (index: string, of: string) => readonly string[];
}

/**
 * The manifest of an Indexed Job of workers, as YAML for `kubectl apply --filename -`.
 *
 * A worker that fails is started again, each so often as the profile says, whatever the others do. A pod that its node loses, or
 * that gives way to another one, is replaced and not counted. One that ends with status 1 or 2, bad input, is not tried again:
 * it would fail again.
 *
 * @example
 * import { jobManifest } from '@netspace/kubernetes';
 * const profile = { image: 'netspace:1', claim: 'studies', mountPath: '/work', workers: 4, cpus: 2, retries: 5, grace: 60 };
 * const worker = (index: string, of: string) => ['netspace', 'study', 'train', 'my study.yaml', '--shard', `${index}/${of}`];
 * const manifest = jobManifest({ name: 'mine', profile, worker });
 * manifest.includes('completionMode: Indexed'); // => true
 * manifest.includes(`exec netspace study train 'my study.yaml' --shard "$((JOB_COMPLETION_INDEX + 1))"/4`); // => true
 */
export function jobManifest(options: JobManifestOptions): string {
  return stringify(jobOf(options), { lineWidth: 0, aliasDuplicateObjects: false });
}

/** With the types of Kubernetes' own schema: what it does not know, does not compile. */
function jobOf({ name, profile, worker }: JobManifestOptions): IJob {
  const { workers, atOnce = workers, namespace, retries } = profile;
  const labels = { 'app.kubernetes.io/name': 'netspace', 'app.kubernetes.io/instance': labelOf(name) };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `netspace-${labelOf(name)}`, ...(namespace === undefined ? {} : { namespace }), labels },
    spec: {
      completionMode: 'Indexed',
      completions: workers,
      parallelism: Math.min(atOnce, workers),
      backoffLimitPerIndex: retries,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          { action: 'FailIndex', onExitCodes: { operator: 'In', values: [1, 2] } },
        ],
      },
      template: { metadata: { labels }, spec: podOf(profile, worker) },
    },
  };
}

function podOf(profile: KubernetesProfile, worker: JobManifestOptions['worker']): IPodSpec {
  const { image, claim, mountPath, nodeSelector, grace } = profile;
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: grace,
    ...(nodeSelector === undefined ? {} : { nodeSelector }),
    containers: [
      {
        name: 'worker',
        image,
        command: ['sh', '-c', commandLine(profile, worker)],
        workingDir: mountPath,
        resources: resourcesOf(profile),
        securityContext: { allowPrivilegeEscalation: false },
        volumeMounts: [{ name: 'studies', mountPath }],
      },
    ],
    volumes: [{ name: 'studies', persistentVolumeClaim: { claimName: claim } }],
  };
}

/** Indices of Kubernetes begin at 0. `exec`: the word to end reaches the worker itself. */
function commandLine({ workers }: KubernetesProfile, worker: JobManifestOptions['worker']): string {
  const index = '\0';
  const words = worker(index, String(workers)).map((word) => word.split(index).map(quoted).join(indexWord));
  return ['exec', ...words].join(' ');
}

const indexWord = '"$((JOB_COMPLETION_INDEX + 1))"';

/** As a shell reads it. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** All that is asked for is kept for the worker, and is all that it gets. */
function resourcesOf({ cpus, memory, gpus }: KubernetesProfile): IResourceRequirements {
  const asked = {
    cpu: String(cpus),
    ...(memory === undefined ? {} : { memory }),
    ...(gpus === undefined ? {} : { 'nvidia.com/gpu': String(gpus) }),
  };
  return { requests: asked, limits: asked };
}

/** A name as a label: of its letters those that a label may have. */
function labelOf(name: string): string {
  const letters = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return letters.slice(0, 50).replaceAll(/^-+|-+$/g, '') || 'study';
}
