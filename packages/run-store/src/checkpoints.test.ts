import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Checkpoint, Checkpoints, TrainingState } from '@netspace/contracts';
import fc from 'fast-check';
import { completed, failed } from './conformance/sample-records.js';
import { testOnDisk } from './fixtures/small-disk.js';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { checkpointFile, openCheckpoints, openRecords, RunFolder } from './index.js';

const parent = temporaryFolder();
let folder: RunFolder;
let told: string[];
beforeEach(() => {
  folder = new RunFolder(join(parent(), 'run'));
  told = [];
});

const origin = { network: 'n0', conditions: 'c0ffee', replicate: 1, seed: 7, instructionSet: 'avx2' };
const name = 'n0-c0ffee-1.checkpoint';

function open(other: Partial<typeof origin> = {}, period?: number): Checkpoints {
  const of = { ...origin, ...other };
  const place = checkpointFile(folder, { ...of, network: { id: of.network } });
  return openCheckpoints(place, of, { tell: (line) => told.push(line), ...(period && { period }) });
}

const sample: Checkpoint = {
  epochs: [{ epoch: 1, testError: 12.5, trainLoss: 0.1 + 0.2, seconds: 3 }],
  step: 5,
  metrics: { images: 40, lossSum: 1 / 3, top1Errors: 2, top5Errors: 0 },
  images: 168,
  seconds: { training: 4, epoch: 1, steps: 2.5 },
  network: new Map<string, Float32Array | Float64Array>([
    ['weight', Float32Array.from({ length: 300 }, (_, i) => Math.fround(Math.sin(i)))],
    ['metrics:', Float64Array.of(1 / 3, NaN, -0)],
  ]),
  average: new Map([['weight', Float32Array.of(0.5, -0)]]),
};

const places = (file: string): string => join(folder.checkpoints, file);

describe('openCheckpoints(folder, origin, options)', () => {
  test('gives back what was kept last, bit for bit, and says where it goes on', async () => {
    expect(await open().last()).toBeUndefined();
    await open().keep({ ...sample, step: 2 });
    await open().keep(sample);
    expect(await open().last()).toEqual(sample);
    expect(told).toEqual(['goes on in epoch 2, after 5 steps']);
    expect(readdirSync(folder.checkpoints)).toEqual([name]);
  });

  test('gives back whatever numbers and names there are', async () => {
    const values = fc.oneof(
      fc.float32Array({ maxLength: 40 }),
      fc.float64Array({ maxLength: 40 }),
    ) as fc.Arbitrary<Float32Array>;
    const arrays = fc
      .uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), values), { selector: ([key]) => key, maxLength: 6 })
      .map((entries): TrainingState => new Map(entries));
    const lossSum = fc.double({ noNaN: true, noDefaultInfinity: true });
    await fc.assert(
      fc.asyncProperty(arrays, lossSum, fc.nat(), async (network, loss, step) => {
        const checkpoint = { ...sample, step, network, metrics: { ...sample.metrics, lossSum: loss === 0 ? 0 : loss } };
        await open().keep(checkpoint);
        expect(await open().last()).toEqual(checkpoint);
      }),
      { seed: 505, numRuns: 50 },
    );
  });

  test('says when it is time for another: a while after the last', async () => {
    const checkpoints = open({}, 30);
    expect(checkpoints.isDue()).toBe(false);
    await setTimeout(40);
    expect(checkpoints.isDue()).toBe(true);
    await checkpoints.keep(sample);
    expect(checkpoints.isDue()).toBe(false);
    expect(open().isDue()).toBe(false);
  });

  test('cut or with one bit flipped at any place, it is told, and not gone on from', async () => {
    await open().keep(sample);
    const whole = readFileSync(places(name));
    const damage = fc.oneof(
      fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      fc.tuple(fc.nat(whole.length - 1), fc.nat(7)).map(([place, bit]) => {
        const flipped = Buffer.from(whole);
        flipped[place]! ^= 1 << bit;
        return flipped;
      }),
    );
    let damaged = 0;
    await fc.assert(
      fc.asyncProperty(damage, async (bytes) => {
        writeFileSync(places(name), bytes);
        expect(await open().last()).toBeUndefined();
        damaged++;
      }),
      { seed: 506, numRuns: 500 },
    );
    expect(told).toHaveLength(damaged);
    const reason = /is no checkpoint|is torn or was altered: its hash|was written by another netspace: version \d+, /;
    for (const line of told) expect(line).toMatch(reason);
    expect(told[0]).toContain(`begins anew: ${places(name)}: `);
  });

  test('with arrays that are longer than it is, by a hash that fits, it is told, and nothing is made for them', async () => {
    await open().keep(sample);
    const [, content, ...arrays] = readFileSync(places(name), 'latin1').split('\n');
    const rest = [content!.replace('["weight","float32",300]', '["weight","float32",9000000000000]'), ...arrays].join(
      '\n',
    );
    const bytes = Buffer.from(rest, 'latin1');
    const hash = createHash('sha256').update(bytes).digest('hex');
    const first = `{"schema":"netspace/checkpoint","version":1,"hash":"${hash}"}\n`;
    writeFileSync(places(name), Buffer.concat([Buffer.from(first), bytes]));
    expect(await open().last()).toBeUndefined();
    expect(told).toEqual([expect.stringMatching(/begins anew: .*its arrays are not as long as it says/)]);
  });

  test.each([
    ['instructionSet', 'avx512_512'],
    ['seed', 8],
  ])('of another %s, it is told by name, and not gone on from', async (key, value) => {
    await open().keep(sample);
    expect(await open({ [key]: value }).last()).toBeUndefined();
    expect(told).toEqual([
      expect.stringMatching(`is of something else: ${key}: .* then, ${JSON.stringify(value)} now`),
    ]);
  });

  test('under the name of another training it is told, and not gone on from', async () => {
    await open().keep(sample);
    writeFileSync(places('n1-c0ffee-1.checkpoint'), readFileSync(places(name)));
    expect(await open({ network: 'n1' }).last()).toBeUndefined();
    expect(told).toEqual([expect.stringContaining('is of something else: network: "n0" then, "n1" now')]);
  });

  test('each training has its own', async () => {
    await open().keep(sample);
    for (const other of [{ network: 'n1' }, { conditions: 'c' }, { replicate: 0 }])
      expect(await open(other).last()).toBeUndefined();
    expect(told).toEqual([]);
  });

  test('two processes that keep checkpoints of one training leave one of them whole', async () => {
    const steps = Array.from({ length: 20 }, (_, step) => step);
    await Promise.all(steps.map((step) => open().keep({ ...sample, step })));
    expect(steps).toContain((await open().last())?.step);
    expect(readdirSync(folder.checkpoints)).toEqual([name]);
  });

  test('what a killed process has left half-written is removed by whoever goes on', async () => {
    mkdirSync(folder.checkpoints, { recursive: true });
    writeFileSync(places(`${name}.01234567.tmp`), 'half');
    writeFileSync(places('n1-c0ffee-1.checkpoint.01234567.tmp'), 'of another');
    await open().last();
    expect(readdirSync(folder.checkpoints)).toEqual(['n1-c0ffee-1.checkpoint.01234567.tmp']);
  });

  testOnDisk('64k', 'on a full disk it is told, and what was kept before stays', async (disk) => {
    folder = new RunFolder(disk.folder);
    await open().keep(sample);
    const large = new Map([['weight', new Float32Array(20_000)]]);
    await open().keep({ ...sample, network: large });
    expect(told).toEqual([expect.stringMatching(/^goes on without a checkpoint: .*ENOSPC/)]);
    expect(await open().last()).toEqual(sample);
    expect(readdirSync(folder.checkpoints)).toEqual([name]);
  });

  test('what is no file is told, and not gone on from', async () => {
    mkdirSync(places(name), { recursive: true });
    expect(await open().last()).toBeUndefined();
    expect(told).toEqual([expect.stringMatching(/^begins anew: .*cannot be read: EISDIR/)]);
  });
});

describe('the checkpoint of a training', () => {
  const of = { conditions: 'c0ffee', replicate: 1 };
  const record = { ...completed('n0'), ...of };

  test('is removed when its result is kept, and with it what was left half-written; those of others stay', async () => {
    await open().keep(sample);
    await open({ replicate: 0 }).keep(sample);
    writeFileSync(places(`${name}.01234567.tmp`), 'half');
    const store = await openRecords(folder, 'local');
    await store.append(record);
    expect(readdirSync(folder.checkpoints)).toEqual(['n0-c0ffee-0.checkpoint']);
    await store.close();
  });

  test('stays where the training failed', async () => {
    await open().keep(sample);
    const store = await openRecords(folder, 'local');
    await store.append({ ...failed('n0'), ...of });
    await store.close();
    expect(readdirSync(folder.checkpoints)).toEqual([name]);
  });

  test('that came late, or that another process trained, is removed with the next opening of the records', async () => {
    const store = await openRecords(folder, 'other');
    await store.append(record);
    await store.close();
    await open().keep(sample);
    await (await openRecords(folder, 'local')).close();
    expect(readdirSync(folder.checkpoints)).toEqual([]);
  });
});
