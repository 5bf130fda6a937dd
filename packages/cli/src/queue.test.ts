import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noServer, RedisServer } from '@netspace/queue/testing';
import { fixture, netspace, resultOf, startNetspace } from './fixtures/netspace.js';

if (noServer !== undefined) process.stdout.write(`Skipped: netspace worker (${noServer})\n`);
const withServer = noServer === undefined ? describe : describe.skip;

const tiny = fixture('tiny.yaml');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether a run of the tiny study is led. */
function isLed(server: RedisServer): boolean {
  const ids = server.ask('smembers', 'netspace:tiny:runs').split('\n');
  return ids.some((id) => server.ask('get', `netspace:tiny:run-${id}`).includes('"isDone":false'));
}

withServer('netspace worker', () => {
  let server: RedisServer;
  let address: string;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    server = await RedisServer.start();
    address = `redis://localhost:${server.port}`;
    env = { ...process.env, NETSPACE_QUEUE_PASSWORD: server.password };
  });
  afterAll(() => server.remove());

  test('trains what study run --queue asks for, and ends when that is done; nobody prints the password', async () => {
    const out = join(folder, 'run');
    const worker = resultOf(startNetspace(['worker', tiny, '--queue', address, '--workers', '1'], { env }));
    // With the password in the address.
    const run = await netspace('study', 'run', tiny, '--out', out, '--queue', server.url);
    expect([run.status, run.errors]).toEqual([0, expect.stringMatching(/trains 1 at a time: native [^]*train 6\/6/)]);
    expect(run.output).toMatch(/^RegNetX +3 /m);
    const served = await worker;
    expect([served.status, served.output]).toEqual([0, expect.stringMatching(/\n6 trainings done\n$/)]);
    expect(served.errors.match(/^(RegNetX|AnyNetX-E) \w+ error /gm)).toHaveLength(6);
    const again = await netspace('study', 'run', tiny, '--out', out, '--queue', server.url);
    expect([again.status, again.errors]).toEqual([1, expect.stringContaining('6 trainings are made already')]);
    for (const { output, errors } of [run, served, again]) expect(output + errors).not.toContain(server.password);
  });

  test('a signal ends a run that waits for workers, and a worker that waits for a run, with the lines that go on', async () => {
    const out = join(folder, 'interrupted');
    const run = startNetspace(['study', 'run', tiny, '--out', out, '--queue', server.url, '--memory', '9000']);
    const led = resultOf(run);
    while (!isLed(server)) await setTimeout(50);
    run.kill('SIGINT');
    const resume = `To go on: netspace study run ${tiny} --out ${out} --queue redis://localhost:${server.port} --resume\n`;
    expect(await led).toMatchObject({ status: 130, errors: expect.stringContaining(resume) as unknown });
    expect(isLed(server)).toBe(false);
    const worker = startNetspace(['worker', tiny, '--queue', server.url, '--workers', '1']);
    const served = resultOf(worker);
    while (!server.ask('client', 'list').includes('cmd=bzpopmin')) await setTimeout(50);
    worker.kill('SIGTERM');
    expect(await served).toMatchObject({
      status: 130,
      errors: expect.stringContaining(
        `interrupted: 0 trainings done\nTo go on: netspace worker ${tiny} --queue redis://localhost:${server.port}\n`,
      ) as unknown,
    });
  });

  test('a wrong password, and one that is missing, are told at once', async () => {
    const wrong = await netspace('study', 'run', tiny, '--queue', `redis://:not-it@localhost:${server.port}`);
    expect(wrong).toEqual({
      status: 1,
      output: '',
      errors: `netspace: --queue: ${address}: the server refuses the user or the password (valid: the password in the address or in NETSPACE_QUEUE_PASSWORD)\n`,
    });
    const missing = await netspace('worker', tiny, '--queue', address);
    expect([missing.status, missing.errors]).toEqual([1, expect.stringContaining('the server wants a password')]);
  });

  test('an evaluator of a run is what the worker names: a study that names another program is refused', async () => {
    const evaluator = (program: string): string => {
      const file = join(folder, `${program}.yaml`);
      writeFileSync(join(folder, `${program}.mjs`), `process.exit(1); // ${program}`);
      const command = `evaluator: { command: [node, ${program}.mjs] }`;
      writeFileSync(file, `${readFileSync(tiny, 'utf8')}${command}\n`);
      return file;
    };
    const [ours, theirs] = [evaluator('ours'), evaluator('theirs')];
    const run = startNetspace(['study', 'run', ours, '--out', join(folder, 'evaluator'), '--queue', server.url]);
    const led = resultOf(run);
    while (!isLed(server)) await setTimeout(50);
    const refused = await netspace('worker', theirs, '--queue', server.url);
    run.kill('SIGINT');
    await led;
    expect([refused.status, refused.errors]).toEqual([
      1,
      expect.stringMatching(/the run named tiny is trained under other conditions: .*evaluator\.command/),
    ]);
  });
});

describe('--queue', () => {
  test.each([
    [['study', 'run', tiny, '--queue', 'localhost:6379'], 1, '--queue: got no address of a queue'],
    [['worker', tiny], 2, "required option '--queue <address>' not specified"],
    [['study', 'run', tiny, '--queue', 'redis://h', '--workers', '2'], 2, 'cannot be used with option'],
    [['study', 'train', tiny, '--queue', 'redis://h', '--shard', '1/2'], 2, 'cannot be used with option'],
    [
      ['worker', tiny, '--queue', 'redis://:secret@no-such-host.invalid'],
      1,
      'redis://no-such-host.invalid:6379: no such host',
    ],
  ])('%j is refused', async (args, status, message) => {
    const refused = await netspace(...args);
    expect([refused.status, refused.errors]).toEqual([status, expect.stringContaining(message)]);
    expect(refused.errors).not.toContain('secret');
  });
});
