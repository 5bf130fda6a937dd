import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { QueueAddress } from '@netspace/queue';
import { noServer, RedisServer } from '@netspace/queue/testing';
import { readStudy } from '@netspace/study';
import { serveStudy } from '@netspace/orchestrator';
import { temporaryFolder } from '../fixtures/temporary-folder.js';
import { trainStudy } from '../fixtures/train-in-folder.mjs';
import { type TimelessRecord, timelessRecords, writeTiny } from '../fixtures/tiny-study.js';

if (noServer !== undefined) process.stdout.write(`Skipped: a study over a queue (${noServer})\n`);
const withServer = noServer === undefined ? describe : describe.skip;

const folder = temporaryFolder();
const changes = [
  ['networks: 3', 'networks: 3\nreplicates: 2'],
  ['epochs: 2', 'epochs: 10'],
] as const;

const children = new Set<ChildProcess>();
function start(script: 'serve-study' | 'lead-study', ...args: readonly string[]): ChildProcess {
  const program = fileURLToPath(new URL(`../fixtures/${script}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  return child;
}

/** Waits until it has printed so many lines. */
async function lines(child: ChildProcess, count: number): Promise<void> {
  let printed = '';
  while (printed.split('\n').length <= count) printed += String((await once(child.stdout!, 'data'))[0]);
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

withServer('a study over a queue', () => {
  let server: RedisServer;
  let file: string;
  let whole: TimelessRecord[];
  beforeAll(async () => {
    server = await RedisServer.start();
    file = writeTiny(join(folder, 'study.yaml'), ...changes);
    const directory = join(folder, 'whole');
    await trainStudy(await readStudy(file), directory, { workers: 2 });
    whole = await timelessRecords(directory);
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
  });
  afterAll(() => server.remove());

  test('comes to the records of one process, with two workers of which one is killed; then its workers end', async () => {
    const directory = join(folder, 'queue');
    const [killed, other] = [1, 2].map(() => start('serve-study', file, server.url)) as [ChildProcess, ChildProcess];
    const notices: string[] = [];
    const led = trainStudy(await readStudy(file), directory, {
      queue: { address: QueueAddress.of(server.url), patience: 1500 },
      onEvent: (event) => event.kind === 'notice' && notices.push(event.message),
    });
    await lines(killed, 1);
    killed.kill('SIGKILL');
    expect(await led).toMatchObject({ trained: 12, failed: 0 });
    expect(await timelessRecords(directory)).toEqual(whole);
    expect(await ended(other)).toBe(0);
    expect(notices.join('\n')).toContain('gives no sign of life any longer');
    expect(notices.join('\n')).not.toContain(server.password);
    expect(server.ask('keys', 'netspace:tiny-*').replaceAll(/\S*:stalled-check/g, '')).toBe('');
  });

  test('whose leading process is killed goes on with the next one: workers had gone on, and each result is there once', async () => {
    const directory = join(folder, 'killed');
    const trained = text(start('serve-study', file, server.url).stdout!);
    const leader = start('lead-study', file, directory, server.url);
    await lines(leader, 2);
    leader.kill('SIGKILL');
    await ended(leader);
    const kept = await timelessRecords(directory);
    expect(kept.length).toBeGreaterThanOrEqual(2);
    expect(kept.length).toBeLessThan(12);
    // What it had put on the queue is trained while nobody leads.
    while (!/^(?!.*active).*completed/s.test(jobStates(server))) await new Promise((go) => setTimeout(go, 50));
    const next = start('lead-study', file, directory, server.url);
    expect(await ended(next)).toBe(0);
    expect(await timelessRecords(directory)).toEqual(whole);
    // None was made again.
    expect((await trained).trim().split('\n')).toHaveLength(12);
  });

  test('a training whose worker is told to end, or killed, goes on in another one where it was, to the same record', async () => {
    const long = writeTiny(
      join(folder, 'long.yaml'),
      ['networks: 3', 'networks: 1'],
      ['epochs: 2', 'epochs: 40, movingAverage: { decay: 0.99, period: 3 }'],
    );
    const study = await readStudy(long);
    const undisturbed = join(folder, 'long-undisturbed');
    await trainStudy(study, undisturbed, { workers: 1 });
    const startWorker = (): ChildProcess => start('serve-study', long, server.url, '1');
    let worker = startWorker();
    const ends: Promise<unknown>[] = [];
    const notices: string[] = [];
    const directory = join(folder, 'long');
    await trainStudy(study, directory, {
      queue: { address: QueueAddress.of(server.url), patience: 1500 },
      onEvent: (event) => {
        if (event.kind === 'notice') notices.push(event.message);
        if (event.kind !== 'epoch' || event.epoch.epoch !== 10 || ends.length === 2) return;
        worker.kill(ends.length === 0 ? 'SIGTERM' : 'SIGKILL');
        ends.push(ended(worker).then(() => (worker = startWorker())));
      },
    });
    expect(await timelessRecords(directory)).toEqual(await timelessRecords(undisturbed));
    const resumed = notices.flatMap((notice) => /^goes on in epoch (\d+)/.exec(notice)?.[1] ?? []);
    // Told to end, it keeps where it is; killed, it has kept what there was time for.
    expect(resumed).toHaveLength(2);
    expect(Number(resumed[0])).toBeGreaterThanOrEqual(10);
    expect(notices.filter((notice) => notice.startsWith('begins anew'))).toEqual([]);
    expect(server.ask('keys', 'netspace:tiny-*:checkpoint-*')).toBe('');
  });

  test('what a program trains goes to its end where its worker is told that it ends soon', async () => {
    writeFileSync(join(folder, 'slow.mjs'), `setTimeout(() => console.log('{"error": 12.5}'), 1500);`);
    const slow = join(folder, 'slow.yaml');
    const named = readFileSync(file, 'utf8').replace('name: tiny', 'name: slow');
    writeFileSync(slow, `${named}evaluator: { command: [node, slow.mjs] }\n`);
    const leader = start('lead-study', slow, join(folder, 'slow'), server.url);
    const leave = new AbortController();
    const queue = { address: QueueAddress.of(server.url) };
    const served = serveStudy(await readStudy(slow), { queue, workers: 1, leave: leave.signal });
    while (server.ask('keys', 'netspace:slow-*:active') === '') await new Promise((go) => setTimeout(go, 20));
    leave.abort();
    expect(await served).toEqual({ delivered: 1, late: 0, givenBack: 0 });
    leader.kill('SIGTERM');
  });

  test('is not served by a worker whose study, images or engine differ: what differs is told', async () => {
    const address = QueueAddress.of(server.url);
    const leader = start('lead-study', file, join(folder, 'refused'), server.url);
    while (!isLed(server)) await new Promise((go) => setTimeout(go, 50));
    const other = writeTiny(join(folder, 'other.yaml'), ...changes, ['difficulty: 0.2', 'difficulty: 0.3']);
    await expect(serveStudy(await readStudy(other), { queue: { address }, workers: 1 })).rejects.toThrow(
      /the run named tiny is trained under other conditions: AnyNetX-E.dataset.hash: \S+ then, /,
    );
    await expect(
      serveStudy(await readStudy(file, { engine: 'reference' }), { queue: { address }, workers: 1 }),
    ).rejects.toThrow(/trained under other conditions: AnyNetX-E.evaluator.engine: /);
    leader.kill('SIGTERM');
  });
});

/** Whether a run of the study is led. */
function isLed(server: RedisServer): boolean {
  const ids = server.ask('smembers', 'netspace:tiny:runs').split('\n');
  return ids.some((id) => server.ask('get', `netspace:tiny:run-${id}`).includes('"isDone":false'));
}

/** The kinds of jobs that a server holds. */
function jobStates(server: RedisServer): string {
  return server.ask('keys', 'netspace:*');
}
