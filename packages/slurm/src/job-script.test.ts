import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { jobScript, type SlurmProfile } from './index.js';

const profile: SlurmProfile = { workers: 4, cpus: 2, grace: 90, modules: [] };
const worker = (index: string, of: string): string[] => ['echo', 'my study.yaml', "it's $HOME", `${index}/${of}`];

/** Runs a script as a task of an array would. */
function run(script: string): { status: number | null; stdout: string } {
  return spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { ...process.env, SLURM_ARRAY_TASK_ID: '3' } });
}

describe('jobScript(options)', () => {
  test('asks for what the profile says, and for nothing else', () => {
    const full: SlurmProfile = {
      ...profile,
      ...{ atOnce: 2, time: '08:00:00', partition: 'gpu', account: 'lab', qos: 'low', mem: '16G', gres: 'gpu:1' },
      constraint: 'avx512|zen4',
    };
    const options = (from: SlurmProfile): string[] =>
      jobScript({ name: 'mine', profile: from, worker, logs: '/runs/50%' })
        .split('\n')
        .flatMap((line) => (line.startsWith('#SBATCH --') ? [line.slice(10)] : []));
    const always = ['signal=B:USR1@90', 'requeue', 'open-mode=append', "output='/runs/50%%/%A_%a.log'"];
    const plain = always.map((option) => option.replaceAll("'", ''));
    expect(options(profile)).toEqual(['job-name=netspace-mine', 'array=1-4', 'cpus-per-task=2', ...plain]);
    expect(options(full)).toEqual([
      ...['job-name=netspace-mine', 'array=1-4%2', 'cpus-per-task=2', 'time=08:00:00', 'partition=gpu', 'account=lab'],
      ...['qos=low', 'mem=16G', 'gres=gpu:1', 'constraint=avx512|zen4', ...plain],
    ]);
  });

  test('the worker gets its words as they are, and its number', () => {
    const { status, stdout } = run(jobScript({ name: 'mine', profile, worker, logs: '/tmp' }));
    expect([status, stdout]).toEqual([0, "my study.yaml it's $HOME 3/4\n"]);
  });

  test('ends as the worker ends', () => {
    const failing = (): string[] => ['sh', '-c', 'exit 7'];
    expect(run(jobScript({ name: 'mine', profile, worker: failing, logs: '/tmp' })).status).toBe(7);
  });

  test('modules are loaded before; where one is missing nothing runs', () => {
    const script = jobScript({ name: 'mine', profile: { ...profile, modules: ['none/1'] }, worker, logs: '/tmp' });
    const { status, stdout } = run(`module() { echo "$@"; return 3; }\n${script}`);
    expect([status, stdout]).toEqual([3, 'load none/1\n']);
  });
});
