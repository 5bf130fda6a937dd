import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { fixture, netspace } from './fixtures/netspace.js';

const limit = 60_000;
const study = fixture('tiny.yaml');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('netspace study submit', () => {
  test(
    'the cluster must be named, and only one',
    async () => {
      for (const flags of [[], ['--slurm', '--kubernetes']]) {
        const unnamed = await netspace('study', 'submit', study, ...flags);
        expect([unnamed.status, unnamed.errors]).toEqual([
          1,
          expect.stringContaining('the cluster is not named (valid: --slurm or --kubernetes)'),
        ]);
      }
    },
    limit,
  );

  test(
    '--kubernetes prints the manifest of a job whose workers find all on their volume by the same paths',
    async () => {
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
      const outside = await netspace(
        { cwd: folder },
        'study',
        'submit',
        'tiny.yaml',
        ...flags,
        '--out',
        '../elsewhere',
      );
      expect([outside.status, outside.errors]).toEqual([
        1,
        expect.stringContaining('got ../elsewhere (valid: a path inside'),
      ]);
    },
    limit,
  );
});
