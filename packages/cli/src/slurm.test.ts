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
let profile: string;
beforeAll(() => {
  // Jobs read it from anywhere.
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
  study = join(folder, 'study.yaml');
  // Trainings of half a second or so.
  writeFileSync(
    study,
    readFileSync(fixture('tiny.yaml'), 'utf8')
      .replace('epochs: 2', 'epochs: 100')
      .replace('networks: 3', 'networks: 3\nreplicates: 3'),
  );
  profile = join(folder, 'slurm.yaml');
  writeFileSync(profile, 'workers: 2\ntime: "00:10:00"\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const limit = 600_000;

const started = startCluster();
if (typeof started === 'string') process.stdout.write(`Skipped: jobs of a SLURM cluster (${started})\n`);
const withCluster = typeof started === 'string' ? describe.skip : describe;
/** Only where there is one. */
const cluster = started as Cluster;
afterAll(() => {
  if (typeof started !== 'string') started.stop();
}, limit);

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

/** Submits the study, and waits until something is trained. */
async function submitted(out: string): Promise<string> {
  const { status, output, errors } = await netspace(
    cluster,
    'study',
    'submit',
    study,
    '--out',
    out,
    '--slurm',
    '--profile',
    profile,
  );
  expect([status, errors]).toEqual([0, expect.not.stringContaining('netspace:')]);
  const [, job] = /^Job (\d+): 2 workers; what they print is in .*\nNext: netspace study status /m.exec(output)!;
  await until(() => readdirSync(out).includes('records') && results(out).length > 0);
  return job!;
}

withCluster('netspace study submit --slurm, on a cluster of two nodes', () => {
  let whole: string[];
  beforeAll(async () => {
    await netspace('study', 'run', study, '--out', join(folder, 'whole'));
    whole = results(join(folder, 'whole'));
  }, limit);

  test(
    'a worker whose time ends comes back; the results are those of one process',
    async () => {
      const out = join(folder, 'time');
      const job = await submitted(out);
      // What SLURM does when a job's time is nearly over.
      slurm('scancel', '-b', '-s', 'USR1', `${job}_1`);
      const status = await netspace(cluster, 'study', 'status', study, '--out', out);
      expect(status.output).toMatch(new RegExp(`^${job}_1 +(running|pending)`, 'm'));
      await until(() => slurm('squeue', '-h') === '');
      expect(results(out)).toEqual(whole);
      const log = readFileSync(join(out, 'slurm', 'logs', `${job}_1.log`), 'utf8');
      // Once until it was told to stop, and once when it came back.
      expect(log.match(/^Evaluator: /gm)).toHaveLength(2);
      expect(log).toMatch(/To go on: netspace study train/);
      const after = await netspace(cluster, 'study', 'status', study, '--out', out);
      expect(after.output).toContain('18 of 18 trainings have a result');
      expect(after.output).not.toContain(`${job}_`);
    },
    limit,
  );

  test(
    'what a node had that is lost is trained on another',
    async () => {
      const out = join(folder, 'node');
      await submitted(out);
      slurm('scontrol', 'update', 'nodename=n1', 'state=down', 'reason=test');
      await until(() => slurm('squeue', '-h') === '');
      slurm('scontrol', 'update', 'nodename=n1', 'state=resume');
      expect(results(out)).toEqual(whole);
    },
    limit,
  );

  test(
    'cancel ends its workers, and keeps what they have done',
    async () => {
      const out = join(folder, 'cancel');
      const job = await submitted(out);
      const cancelled = await netspace(cluster, 'study', 'cancel', study, '--out', out);
      expect([cancelled.status, cancelled.output]).toEqual([0, expect.stringContaining(`Cancelled: ${job}\n`)]);
      await until(() => slurm('squeue', '-h') === '');
      const kept = results(out);
      expect(whole).toEqual(expect.arrayContaining(kept));
      const resumed = await netspace('study', 'run', study, '--out', out, '--resume');
      expect([resumed.status, results(out)]).toEqual([0, whole]);
    },
    limit,
  );
});
