import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Checkpoint, Checkpoints } from '@netspace/contracts';
import { openCheckpoints } from '@netspace/run-store';
import { QueueAddress } from './queue-address.js';
import { QueuedCheckpoints } from './queued-checkpoints.js';
import { noServer, RedisServer } from './testing/redis-server.js';

if (noServer !== undefined) process.stdout.write(`Skipped: checkpoints on the server of a queue (${noServer})\n`);
const withServer = noServer === undefined ? describe : describe.skip;

const origin = { network: 'n0', conditions: 'c0ffee', replicate: 1, seed: 7, instructionSet: 'avx2' };
const sample: Checkpoint = {
  epochs: [{ epoch: 1, testError: 12.5, trainLoss: 0.1 + 0.2, seconds: 3 }],
  ...{ step: 5, images: 168, seconds: { training: 4, epoch: 1, steps: 2.5 } },
  metrics: { images: 40, lossSum: 1 / 3, top1Errors: 2, top5Errors: 0 },
  network: new Map<string, Float32Array | Float64Array>([
    ['weight', Float32Array.from({ length: 300_000 }, (_, i) => Math.fround(Math.sin(i)))],
    ['metrics:', Float64Array.of(1 / 3, NaN, -0)],
  ]),
};

withServer('the checkpoints of a queue, on its server', () => {
  let server: RedisServer;
  let told: string[];
  const opened: QueuedCheckpoints[] = [];
  const run = { name: 'mine', conditions: {}, hashes: [] };
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));
  afterAll(() => server.remove());

  /** Those of one training, as another process has them each time. */
  function open(replicate: number, other: Partial<typeof origin> = {}): Checkpoints {
    told = [];
    const checkpoints = new QueuedCheckpoints(QueuedCheckpoints.roomOf(QueueAddress.of(server.url), run));
    opened.push(checkpoints);
    const of = { ...origin, replicate, ...other };
    const place = checkpoints.of({ ...of, network: { id: of.network } });
    return openCheckpoints(place, of, { tell: (line) => told.push(line) });
  }
  const keyOf = (replicate: number): string => `netspace:mine-44136fa355b3678a:checkpoint-c0ffee-n0-${replicate}`;

  test('give back what was kept last, bit for bit, to another process; each training has its own', async () => {
    expect(await open(0).last()).toBeUndefined();
    await open(0).keep({ ...sample, step: 2 });
    await open(0).keep(sample);
    expect(await open(0).last()).toEqual(sample);
    expect(told).toEqual(['goes on in epoch 2, after 5 steps']);
    expect(await open(1).last()).toBeUndefined();
    expect(told).toEqual([]);
    expect(Number(server.ask('ttl', keyOf(0)))).toBeGreaterThan(2 * 24 * 3600);
  });

  test.each<[string, (key: string) => unknown, RegExp]>([
    ['cut', (key) => server.ask('eval', cut, '1', key), /is torn or was altered/],
    ['altered in a byte', (key) => server.ask('setrange', key, '5000', 'x'), /is torn or was altered/],
    ['of another program', (key) => server.ask('set', key, 'mine'), /is no checkpoint/],
    ['no value', (key) => [server.ask('del', key), server.ask('lpush', key, '1')], /WRONGTYPE/],
  ])('%s, it is told, and not gone on from', async (_, damage, reason) => {
    await open(2).keep(sample);
    damage(keyOf(2));
    expect(await open(2).last()).toBeUndefined();
    expect(told).toEqual([expect.stringMatching(/^begins anew: /)]);
    expect(told[0]).toMatch(reason);
    server.ask('del', keyOf(2));
  });

  test('of another instruction set it is told by name, and not gone on from', async () => {
    await open(3).keep(sample);
    expect(await open(3, { instructionSet: 'avx512_512' }).last()).toBeUndefined();
    expect(told).toEqual([expect.stringContaining('is of something else: instructionSet: "avx2" then')]);
  });

  test('one that is too large is told, and what was kept before stays', async () => {
    await open(4).keep(sample);
    const large = new Map([['weight', new Float32Array(64_000_000)]]);
    await open(4).keep({ ...sample, network: large });
    expect(told).toEqual([
      'goes on without a checkpoint: a checkpoint of 256 MB is too large for a queue (valid: at most 256 MB, or a shared folder)',
    ]);
    expect(await open(4).last()).toEqual(sample);
  });

  test('a server that takes no more is told, and ends nothing', async () => {
    const checkpoints = open(5);
    server.ask('config', 'set', 'maxmemory', '1mb');
    await checkpoints.keep(sample);
    server.ask('config', 'set', 'maxmemory', '0');
    expect(told).toEqual([expect.stringMatching(/^goes on without a checkpoint: --queue: redis:.*OOM/)]);
    await checkpoints.keep(sample);
    expect(await checkpoints.last()).toEqual(sample);
  });

  test('a server that does not answer is waited for a few seconds, told without its password, and asked anew', async () => {
    const checkpoints = open(6);
    await checkpoints.keep(sample);
    const paused = server.pause(8000);
    await checkpoints.keep({ ...sample, step: 6 });
    expect(told).toEqual([
      expect.stringMatching(/^goes on without a checkpoint: --queue: redis:.*: no answer within 6 s/),
    ]);
    expect(inspect(told)).not.toContain(server.password);
    await paused;
    await checkpoints.keep({ ...sample, step: 7 });
    expect((await checkpoints.last())?.step).toBe(7);
  });
});

/** Cuts a value in half. */
const cut = "redis.call('set', KEYS[1], string.sub(redis.call('get', KEYS[1]), 1, 600000))";
