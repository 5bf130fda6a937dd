import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
// The built package: its workers load what it was built to.
import {
  beginRun,
  type PipelineEvent,
  samplePopulations,
  type TrainOptions,
  trainPopulations,
  trainShard,
} from '@netspace/orchestrator';
import { readStudy, type Study } from '@netspace/study';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { type TimelessRecord, timelessRecords, writeTiny } from './fixtures/tiny-study.js';

const folder = temporaryFolder();
const epochs = 40;
const studyProcess = fileURLToPath(new URL('fixtures/train-study.mjs', import.meta.url));

/** One network of each space, whose trainings take many epochs, with all that a training may carry along. */
const file = writeTiny(
  join(folder, 'study.yaml'),
  ['networks: 3', 'networks: 1'],
  ['epochs: 2', `epochs: ${epochs}, movingAverage: { decay: 0.99, period: 3 }, preciseStatistics: { images: 16 }`],
);

let study: Study;
let undisturbed: TimelessRecord[];
beforeAll(async () => {
  study = await readStudy(file);
  const directory = join(folder, 'undisturbed');
  await train(directory);
  undisturbed = await timelessRecords(directory);
});

/** What happens to trainings. */
class Watched {
  /** Epochs by network, as they end. */
  readonly epochs = new Map<string, number[]>();
  readonly notices: string[] = [];

  readonly onEvent = (event: PipelineEvent): void => {
    if (event.kind === 'epoch') {
      const { id } = event.task.network;
      this.epochs.set(id, [...(this.epochs.get(id) ?? []), event.epoch.epoch]);
    }
    if (event.kind === 'notice') this.notices.push(event.message);
  };
}

const checkpointsIn = (directory: string): string[] =>
  existsSync(join(directory, 'checkpoints')) ? readdirSync(join(directory, 'checkpoints')) : [];

/** Runs the study in a process that is killed at the end of an epoch of its first network: which network. */
async function killed(directory: string, atEpoch: number, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn(process.execPath, [studyProcess, file, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const ended = once(child, 'exit');
  let network = '';
  for await (const chunk of child.stdout) {
    const [, id] = new RegExp(`^(\\w+) ${atEpoch}$`, 'm').exec(String(chunk)) ?? [];
    if (id === undefined) continue;
    network = id;
    child.kill('SIGKILL');
    break;
  }
  await ended;
  return network;
}

/** Trains what is left, in a run that may be new. */
async function train(directory: string, options: TrainOptions = {}): Promise<void> {
  const run = await beginRun(study, directory, true);
  try {
    await trainPopulations(run, await samplePopulations(run, true), { workers: 1, ...options });
  } finally {
    await run.close();
  }
}

/** Trains until an epoch of the first network ends. */
async function interruptedAt(atEpoch: number, directory: string, watched = new Watched()): Promise<void> {
  const stop = new AbortController();
  const onEvent = (event: PipelineEvent): void => {
    watched.onEvent(event);
    if (event.kind === 'epoch' && event.epoch.epoch === atEpoch) stop.abort();
  };
  await expect(train(directory, { signal: stop.signal, onEvent })).rejects.toThrow('interrupted: ');
}

const from = (first: number): number[] => Array.from({ length: epochs - first + 1 }, (_, index) => first + index);

describe('a run', () => {
  test('whose process is killed in the middle of a training goes on there, to the same records', async () => {
    const directory = join(folder, 'killed');
    await interruptedAt(10, directory);
    const network = await killed(directory, 20);
    expect(checkpointsIn(directory)).toContainEqual(expect.stringContaining(network));
    const watched = new Watched();
    await train(directory, watched);
    expect(await timelessRecords(directory)).toEqual(undisturbed);
    const [first, ...others] = watched.epochs.get(network)!;
    expect(first).toBeGreaterThan(10);
    expect([first, ...others]).toEqual(from(first!));
    expect(watched.notices).toEqual([expect.stringMatching(/^goes on in epoch \d+, after \d+ steps$/)]);
    expect(checkpointsIn(directory)).toEqual([]);
  });

  test('that is interrupted keeps where its trainings are, and takes no epoch twice', async () => {
    const directory = join(folder, 'interrupted');
    const watched = new Watched();
    for (const atEpoch of [10, 30]) {
      await interruptedAt(atEpoch, directory, watched);
      expect(checkpointsIn(directory)).toHaveLength(1);
    }
    await train(directory, watched);
    expect(await timelessRecords(directory)).toEqual(undisturbed);
    expect([...watched.epochs.values()]).toEqual([from(1), from(1)]);
    expect(checkpointsIn(directory)).toEqual([]);
  });

  test('whose worker is killed goes on in another', async () => {
    const directory = join(folder, 'worker');
    const watched = new Watched();
    let kills = 0;
    const onEvent = (event: PipelineEvent): void => {
      watched.onEvent(event);
      if (event.kind !== 'epoch' || event.epoch.epoch !== 30 || kills > 0) return;
      kills++;
      const workers = spawnSync('pgrep', ['-P', String(process.pid), '-f', 'worker-main'], { encoding: 'utf8' });
      for (const id of workers.stdout.trim().split('\n')) process.kill(Number(id), 'SIGKILL');
    };
    await train(directory, { checkpointPeriod: 1, onEvent });
    expect(await timelessRecords(directory)).toEqual(undisturbed);
    expect(watched.notices).toEqual([expect.stringMatching(/^goes on in epoch \d+, after \d+ steps$/)]);
  });

  test('whose checkpoint is torn, or of another instruction set, says so and begins that training anew', async () => {
    const directory = join(folder, 'foreign');
    const network = await killed(directory, 20, { NETSPACE_ISA: 'baseline' });
    const torn = join(folder, 'torn');
    cpSync(directory, torn, { recursive: true });
    const [name] = checkpointsIn(torn).filter((found) => found.endsWith('.checkpoint'));
    const whole = readFileSync(join(torn, 'checkpoints', name!));
    writeFileSync(join(torn, 'checkpoints', name!), whole.subarray(0, whole.length / 2));
    for (const [place, reason] of [
      [directory, 'is of something else: instructionSet: "baseline" then'],
      [torn, 'is torn or was altered'],
    ] as const) {
      const watched = new Watched();
      await train(place, watched);
      expect(watched.notices).toEqual([expect.stringMatching(`^begins anew: .*${reason}`)]);
      expect(watched.epochs.get(network)).toEqual(from(1));
      expect(await timelessRecords(place)).toEqual(undisturbed);
      expect(checkpointsIn(place)).toEqual([]);
    }
  });
});

test('what a process of a shared run had that is gone, another goes on with', async () => {
  const directory = join(folder, 'shared');
  const stop = new AbortController();
  const watched = new Watched();
  const onEvent = (event: PipelineEvent): void => {
    watched.onEvent(event);
    if (event.kind === 'epoch' && event.epoch.epoch === 15) stop.abort();
  };
  const shared = { directory, steal: true, workers: 1 };
  const early = trainShard(study, { ...shared, shard: { index: 1, of: 2 }, signal: stop.signal, onEvent });
  await expect(early).rejects.toThrow('interrupted: ');
  await trainShard(study, { ...shared, shard: { index: 2, of: 2 }, onEvent: watched.onEvent });
  expect(await timelessRecords(directory)).toEqual(undisturbed);
  expect([...watched.epochs.values()].map((done) => done.toSorted((a, b) => a - b))).toEqual([from(1), from(1)]);
  expect(checkpointsIn(directory)).toEqual([]);
});
