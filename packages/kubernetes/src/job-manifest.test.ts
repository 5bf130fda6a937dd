import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type IJob, Job } from 'kubernetes-models/batch/v1';
import { parse } from 'yaml';
import { jobManifest, type KubernetesProfile } from './index.js';

const least: KubernetesProfile = {
  ...{ image: 'netspace:1', claim: 'studies', mountPath: '/work', workers: 3, cpus: 2, retries: 5, grace: 60 },
};
const most: KubernetesProfile = {
  ...{ ...least, atOnce: 2, memory: '4Gi', gpus: 1, namespace: 'lab', nodeSelector: { 'kubernetes.io/arch': 'amd64' } },
};
const worker = (index: string, of: string): string[] => ['echo', 'my study.yaml', "it's $HOME", `${index}/${of}`];

/** As an object of Kubernetes' own API, whose values are checked by its schema. */
function job(profile: KubernetesProfile, name = 'mine'): IJob {
  const made = parse(jobManifest({ name, profile, worker })) as IJob;
  new Job(made).validate();
  return made;
}

describe('jobManifest(options)', () => {
  test.each([
    ['least', least],
    ['most', most],
  ])('is a job of batch/v1, by its schema, with the %s that a profile says', (_, profile) => {
    expect(job(profile).spec).toMatchObject({ completionMode: 'Indexed', completions: 3, backoffLimitPerIndex: 5 });
  });

  test('the schema refuses what is none', () => {
    expect(() => {
      new Job({ ...job(least), spec: { completions: 'three' } } as unknown as IJob).validate();
    }).toThrow();
  });

  test('asks for what the profile says', () => {
    const { metadata, spec } = job(most);
    expect([metadata?.namespace, spec?.parallelism]).toEqual(['lab', 2]);
    const pod = spec!.template.spec!;
    const asked = { cpu: '2', memory: '4Gi', 'nvidia.com/gpu': '1' };
    expect(pod.containers[0]!.resources).toEqual({ requests: asked, limits: asked });
    expect([pod.nodeSelector, pod.terminationGracePeriodSeconds]).toEqual([most.nodeSelector, 60]);
    expect(pod.volumes![0]!.persistentVolumeClaim!.claimName).toBe('studies');
    // A policy for failures needs pods that are not restarted in place.
    expect(pod.restartPolicy).toBe('Never');
  });

  test('the worker gets its words as they are, and its number from 1', () => {
    const [program, ...args] = job(least).spec!.template.spec!.containers[0]!.command!;
    const { status, stdout } = spawnSync(program!, args, {
      encoding: 'utf8',
      env: { ...process.env, JOB_COMPLETION_INDEX: '2' },
    });
    expect([status, stdout]).toEqual([0, "my study.yaml it's $HOME 3/3\n"]);
  });

  test('any name of a study makes a name that Kubernetes takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const made = job(least, name).metadata!.name!;
        expect(made).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
      }),
    );
  });
});
