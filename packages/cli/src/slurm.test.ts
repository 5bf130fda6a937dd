import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Cluster, startCluster } from './fixtures/cluster.js';
import { fixture, netspace } from './fixtures/netspace.js';

let folder: string;
let study: string;
/** Few trainings of some seconds, and what SLURM is asked for. */
let long: string;
let profile: string;
beforeAll(() => {
  // Jobs read it from anywhere.
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
  // Trainings of half a second or so.
  study = written('study.yaml', 'epochs: 100', 'networks: 3\nreplicates: 3');
  const section = "slurm: { workers: 2, time: '00:09:00' }";
  long = written('long.yaml', 'epochs: 1000', `networks: 1\nreplicates: 2\n${section}`);
  profile = join(folder, 'slurm.yaml');
  writeFileSync(profile, 'workers: 2\ntime: "00:10:00"\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes the tiny study with other epochs and networks. */
function written(name: string, epochs: string, networks: string): string {
  const tiny = readFileSync(fixture('tiny.yaml'), 'utf8');
  writeFileSync(join(folder, name), tiny.replace('epochs: 2', epochs).replace('networks: 3', networks));
  return join(folder, name);
}

const started = startCluster();
if (typeof started === 'string') process.stdout.write(`Skipped: jobs of a SLURM cluster (${started})\n`);
const withCluster = typeof started === 'string' ? describe.skip : describe;
/** Only where there is one. */
const cluster = started as Cluster;
afterAll(() => {
  if (typeof started !== 'string') started.stop();
});

/** What each training of a run came to, of all its files of records. */
function results(out: string): string[] {
  const files = readdirSync(join(out, 'records')).filter((name) => name.endsWith('.jsonl'));
  const lines = files.flatMap((name) =>
    readFileSync(join(out, 'records', name), 'utf8')
      .trim()
      .split('\n'),
  );
  const records = lines
    .filter((line) => line !== '')
    .map(
      (line) => (JSON.parse(line) as { record: { network: { id: string }; replicate: number; error: number } }).record,
    );
  return [...new Set(records.map(({ network, replicate, error }) => `${network.id} ${replicate} ${error}`))].sort();
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await setTimeout(200);
}

const slurm = (program: string, ...args: string[]): string =>
  spawnSync(program, args, { encoding: 'utf8', env: cluster.env }).stdout;

/** Waits until no job is left. */
const ended = (): Promise<void> => until(() => slurm('squeue', '-h') === '');

/** Submits a study, and waits until something is trained. */
async function submitted(out: string, file: string, ...options: string[]): Promise<string> {
  const { status, output, errors } = await netspace(
    cluster,
    ...['study', 'submit', file, '--out', out, '--slurm', ...options],
  );
  expect([status, errors]).toEqual([0, expect.not.stringContaining('netspace:')]);
  const [, job] = /^Job (\d+): 2 workers; what they print is in .*\nNext: netspace study status /m.exec(output)!;
  await until(() => readdirSync(out).includes('records') && results(out).length > 0);
  return job!;
}

/** As the profile says. */
const submittedWithProfile = (out: string): Promise<string> => submitted(out, study, '--profile', profile);

withCluster('netspace study submit --slurm, on a cluster of two nodes', () => {
  let whole: string[];
  beforeAll(async () => {
    await netspace('study', 'run', study, '--out', join(folder, 'whole'));
    whole = results(join(folder, 'whole'));
  });

  test('a worker whose time ends keeps where its training is and comes back; the results are those of one process', async () => {
    const out = join(folder, 'time');
    const job = await submitted(out, long);
    expect(slurm('scontrol', 'show', 'job', `${job}_1`)).toMatch(/TimeLimit=00:09:00/);
    // Both workers are in the middle of a training again.
    await setTimeout(1000);
    // What SLURM does when a job's time is nearly over.
    slurm('scancel', '-b', '-s', 'USR1', `${job}_1`);
    const status = await netspace(cluster, 'study', 'status', long, '--out', out);
    expect(status.output).toMatch(new RegExp(`^${job}_1 +(running|pending)`, 'm'));
    await ended();
    await netspace('study', 'run', long, '--out', join(folder, 'long'));
    expect(results(out)).toEqual(results(join(folder, 'long')));
    const logOf = (task: number): string => readFileSync(join(out, 'slurm', 'logs', `${job}_${task}.log`), 'utf8');
    // Once until it was told to stop, and once when it came back.
    expect(logOf(1).match(/^Evaluator: /gm)).toHaveLength(2);
    expect(logOf(1)).toMatch(/To go on: netspace study train/);
    // Whoever had a place first.
    expect(logOf(1) + logOf(2)).toMatch(/: goes on in epoch \d\d+, after \d steps/);
    expect(readdirSync(join(out, 'checkpoints'))).toEqual([]);
    const after = await netspace(cluster, 'study', 'status', long, '--out', out);
    expect(after.output).toContain('4 of 4 trainings have a result');
    expect(after.output).not.toContain(`${job}_`);
  });

  test('what a worker had that is cancelled alone is trained by the others', async () => {
    const out = join(folder, 'one');
    const job = await submittedWithProfile(out);
    slurm('scancel', `${job}_1`);
    await ended();
    expect(results(out)).toEqual(whole);
    expect(readFileSync(join(out, 'slurm', 'logs', `${job}_1.log`), 'utf8')).toMatch(/To go on: netspace study train/);
  });

  test('what a node had that is lost is trained on another', async () => {
    const out = join(folder, 'node');
    await submittedWithProfile(out);
    slurm('scontrol', 'update', 'nodename=n1', 'state=down', 'reason=test');
    await ended();
    slurm('scontrol', 'update', 'nodename=n1', 'state=resume');
    expect(results(out)).toEqual(whole);
  });

  test('cancel ends its workers, and keeps what they have done', async () => {
    const out = join(folder, 'cancel');
    const job = await submittedWithProfile(out);
    const cancelled = await netspace(cluster, 'study', 'cancel', study, '--out', out);
    expect([cancelled.status, cancelled.output]).toEqual([0, expect.stringContaining(`Cancelled: ${job}\n`)]);
    await ended();
    const kept = results(out);
    expect(whole).toEqual(expect.arrayContaining(kept));
    const resumed = await netspace('study', 'run', study, '--out', out, '--resume');
    expect([resumed.status, results(out)]).toEqual([0, whole]);
  });
});
