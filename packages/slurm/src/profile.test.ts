import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readProfile, usualProfileFile } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'netspace-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(text: string): string {
  const file = join(folder, 'slurm.yaml');
  writeFileSync(file, text);
  return file;
}

describe('readProfile(file, ofStudy)', () => {
  test('reads what is asked for, and fills in the rest', async () => {
    const text =
      'partition: gpu\nworkers: 16\natOnce: 4\ncpus: 8\ntime: "08:00:00"\ngres: gpu:1\nmodules: [nodejs/20]\n';
    expect(await readProfile(write(text))).toEqual({
      ...{ partition: 'gpu', workers: 16, atOnce: 4, cpus: 8, time: '08:00:00', gres: 'gpu:1', grace: 60 },
      modules: ['nodejs/20'],
    });
  });

  test.each([
    ['worker: 3', /slurm\.yaml:1: worker: .*workers/],
    ['workers: 0', /slurm\.yaml:1: workers: got 0/],
    ['partition: "main\\n#SBATCH --wrap=evil"', /slurm\.yaml:1: partition: got .*valid: .*without spaces or quotes/],
    ['modules: ["x; rm"]', /slurm\.yaml:1: modules\[0\]: got "x; rm"/],
    ['grace: 5', /slurm\.yaml:1: grace: got 5/],
  ])('%j is refused, with file, line and key', async (text, message) => {
    await expect(readProfile(write(text))).rejects.toThrow(message);
  });

  test('a file that is named and not there is told; the usual one need not be there; what wins over what', async () => {
    await expect(readProfile(join(folder, 'none.yaml'))).rejects.toThrow('none.yaml: there is no such file');
    const before = process.env.XDG_CONFIG_HOME;
    process.env.XDG_CONFIG_HOME = folder;
    expect(usualProfileFile()).toBe(join(folder, 'netspace', 'slurm.yaml'));
    expect(await readProfile()).toEqual({ workers: 8, cpus: 1, grace: 60, modules: [] });
    mkdirSync(join(folder, 'netspace'));
    writeFileSync(usualProfileFile(), 'account: lab\ncpus: 4\nworkers: 2\n');
    expect(await readProfile()).toEqual({ account: 'lab', workers: 2, cpus: 4, grace: 60, modules: [] });
    // Key by key: a study knows more than what is usual, and a file that is named is meant for this call.
    const ofStudy = { workers: 3, time: '08:00:00', modules: ['nodejs/20'] };
    expect(await readProfile(undefined, ofStudy)).toEqual({ account: 'lab', cpus: 4, grace: 60, ...ofStudy });
    expect(await readProfile(write('workers: 5\nmodules: []\n'), ofStudy)).toEqual({
      ...{ workers: 5, cpus: 1, time: '08:00:00', grace: 60, modules: [] },
    });
    if (before === undefined) delete process.env.XDG_CONFIG_HOME;
    else process.env.XDG_CONFIG_HOME = before;
  });
});
