import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { fixture, netspace } from './fixtures/netspace.js';

const study = fixture('tiny.yaml');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('netspace study submit', () => {
  test('the cluster must be named, and only one', async () => {
    for (const flags of [[], ['--slurm', '--kubernetes']]) {
      const unnamed = await netspace('study', 'submit', study, ...flags);
      expect([unnamed.status, unnamed.errors]).toEqual([
        1,
        expect.stringContaining('the cluster is not named (valid: --slurm or --kubernetes)'),
      ]);
    }
  });

  test('--kubernetes prints the manifest of a job whose workers find all on their volume by the same paths', async () => {
    copyFileSync(study, join(folder, 'tiny.yaml'));
    writeFileSync(join(folder, 'profile.yaml'), 'image: netspace:1\nclaim: studies\nworkers: 3\ncpus: 2\n');
    const flags = ['--kubernetes', '--profile', 'profile.yaml'];
    const { status, output } = await netspace(
      { cwd: folder },
      'study',
      'submit',
      'tiny.yaml',
      ...flags,
      '--data',
      './images',
    );
    expect(status).toBe(0);
    const job = parse(output) as { spec: { template: { spec: { containers: { command: string[] }[] } } } };
    expect(job.spec.template.spec.containers[0]!.command[2]).toBe(
      'exec netspace study train tiny.yaml --out runs/tiny --data images ' +
        '--shard "$((JOB_COMPLETION_INDEX + 1))"/3 --steal --workers 2',
    );
    const outside = await netspace({ cwd: folder }, 'study', 'submit', 'tiny.yaml', ...flags, '--out', '../elsewhere');
    expect([outside.status, outside.errors]).toEqual([
      1,
      expect.stringContaining('got ../elsewhere (valid: a path inside'),
    ]);
  });

  test('--slurm asks for what the study says, but first for what a profile says that is named; the run keeps none of it', async () => {
    const file = join(folder, 'asking.yaml');
    const asking = (section: string): void => writeFileSync(file, `${readFileSync(study, 'utf8')}slurm: ${section}\n`);
    const profile = join(folder, 'slurm.yaml');
    writeFileSync(profile, 'partition: gpu\n');
    // It stands for a cluster that takes every script.
    writeFileSync(join(folder, 'sbatch'), '#!/bin/sh\necho 7\n', { mode: 0o755 });
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, XDG_CONFIG_HOME: join(folder, 'config') };
    const out = join(folder, 'asking');
    const submit = (...flags: string[]) =>
      netspace({ env }, 'study', 'submit', file, '--out', out, '--slurm', ...flags);
    const asked = (): string => readFileSync(join(out, 'slurm', 'job.sh'), 'utf8');

    asking('{ workers: 2, time: "00:10:00", partition: main }');
    const first = await submit('--profile', profile);
    expect([first.status, first.output]).toEqual([0, expect.stringContaining('Job 7: 2 workers;')]);
    expect(asked()).toMatch(/ --array=1-2\n(.*\n)*#SBATCH --time=00:10:00\n#SBATCH --partition=gpu\n/);
    expect(readFileSync(join(out, 'run.json'), 'utf8')).not.toContain('slurm');

    asking('{ workers: 3 }');
    const second = await submit();
    expect([second.status, second.output]).toEqual([0, expect.stringContaining('Job 7: 3 workers;')]);
    expect(asked()).not.toMatch(/--time|--partition/);

    asking('{ workers: 0 }');
    const refused = await submit();
    expect([refused.status, refused.errors]).toEqual([
      1,
      expect.stringMatching(/asking\.yaml:\d+: slurm\.workers: got 0 \(valid: .*1/),
    ]);
  });
});
