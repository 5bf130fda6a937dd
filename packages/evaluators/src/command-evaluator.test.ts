import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EpochRecord, EvaluationControl, EvaluationJob, Evaluator, TrainingOutcome } from '@netspace/contracts';
import { commandEvaluator, type CommandEvaluatorOptions } from './command-evaluator.js';
import { toyJob } from './fixtures/toy-job.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'netspace-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A JavaScript program as a command: \`say\` writes a message, \`jobs(f)\` calls f with each job. */
const program = (code: string): string[] => [
  process.execPath,
  '-e',
  `const say = (message) => console.log(JSON.stringify(message));
  const jobs = (f) => require('node:readline').createInterface(process.stdin).on('line', (line) => f(JSON.parse(line)));
  ${code}`,
];

function evaluatorOf(code: string, options: Partial<CommandEvaluatorOptions> = {}): Evaluator {
  return commandEvaluator({ command: program(code), directory, timeLimit: 60, processes: 'each', ...options });
}

interface AskOptions extends Partial<CommandEvaluatorOptions> {
  readonly control?: EvaluationControl;
  readonly job?: EvaluationJob;
}

/** What becomes of a program that is asked once. */
async function askOnce(
  code: string,
  { control = {}, job = toyJob, ...options }: AskOptions = {},
): Promise<TrainingOutcome> {
  const evaluator = evaluatorOf(code, options);
  try {
    return await evaluator.evaluate(job, control);
  } finally {
    await evaluator.close();
  }
}

const withoutSeconds = ({ seconds, ...outcome }: TrainingOutcome): object => {
  expect(seconds).toBeGreaterThan(0);
  return outcome;
};

describe('commandEvaluator(options).evaluate(job, control)', () => {
  test('gives the program the job on one line and returns its result', async () => {
    const outcome = await askOnce(`jobs((job) => {
      require('node:fs').writeFileSync('job.json', JSON.stringify(job));
      say({ error: 12.5, top5Error: 2, validationError: 13, imagesPerSecond: 1000 });
    })`);
    expect(withoutSeconds(outcome)).toEqual({
      ...{ status: 'completed', error: 12.5, top5Error: 2, validationError: 13, epochs: [], imagesPerSecond: 1000 },
    });
    const { network, recipe, seed } = toyJob;
    const { id, config, parameters, complexity } = network;
    const job: unknown = JSON.parse(readFileSync(join(directory, 'job.json'), 'utf8'));
    expect(job).toEqual({ job: 1, id, config, parameters, complexity, recipe, seed });
  });

  test('passes on progress and epochs, whose seconds it measures where they are left out', async () => {
    const shares: number[] = [];
    const epochs: EpochRecord[] = [];
    const control = {
      onProgress: (share: number) => shares.push(share),
      onEpoch: (epoch: EpochRecord) => epochs.push(epoch),
    };
    const code = `say({ progress: 0.1 }); say({ epoch: 1, testError: 50, seconds: 9 });
      say({ epoch: 2, testError: 40, trainLoss: 1.5 }); say({ error: 40 })`;
    const outcome = await askOnce(code, { control });
    expect(shares).toEqual([0.1, 0.25, 0.5]);
    expect(epochs).toEqual([
      { epoch: 1, testError: 50, seconds: 9 },
      { epoch: 2, testError: 40, trainLoss: 1.5, seconds: expect.any(Number) },
    ]);
    expect(outcome.epochs).toEqual(epochs);
  });

  test('takes a training that diverged', async () => {
    expect(await askOnce('say({ status: "diverged" })')).toMatchObject({ status: 'diverged', error: 100 });
  });

  test('lets no shell read the command, and runs it in its folder', async () => {
    const words = ['a b', '$(touch x)', '; touch y', '*'];
    const code = `require('node:fs').writeFileSync('words.json', JSON.stringify(process.argv.slice(1))); say({ error: 1 })`;
    await askOnce('', { command: [...program(code), ...words] });
    expect(JSON.parse(readFileSync(join(directory, 'words.json'), 'utf8'))).toEqual(words);
    expect([existsSync(join(directory, 'x')), existsSync(join(directory, 'y'))]).toEqual([false, false]);
  });

  test.each<[what: string, code: string, reason: string]>([
    ['ends with an exit status', 'process.exit(3)', 'ended with exit status 3'],
    ['ends without a result', 'say({ progress: 0.5 })', 'ended with exit status 0 before its result'],
    ['dies', 'process.kill(process.pid, "SIGSEGV")', 'ended with SIGSEGV'],
    ['fails after its result', 'say({ error: 1 }); process.exitCode = 1', 'ended with exit status 1 after its result'],
    [
      'writes after its result',
      'say({ error: 1 }); say({ error: 2 })',
      'line 2 of its output, {"error":2}: was written after its result',
    ],
    [
      'writes text',
      'console.log("epoch 1")',
      'line 1 of its output, epoch 1: is no JSON (valid: one JSON object a line; all else goes to the standard error)',
    ],
    [
      'writes NaN',
      'console.log(`{"error": NaN}`)',
      'numbers are finite in JSON; a training whose loss is not ends with {"status": "diverged"}',
    ],
    [
      'writes no message',
      'say({ eror: 1 })',
      '{"eror":1}: is no message (valid: an object with progress, epoch, error or status)',
    ],
    ['writes a number', 'say(12.5)', '12.5: is no message'],
    ['writes null', 'say(null)', 'null: is no message'],
    ['writes half a line', 'process.stdout.write(`{"error": 1`)', 'line 1 of its output, {"error": 1: is no JSON'],
    ['has an error above 100', 'say({ error: 120 })', 'error: got 120 (valid: a number from 0 to 100)'],
    ['has a negative error', 'say({ error: -1 })', 'error: got -1 (valid: a number from 0 to 100)'],
    ['has an error in words', 'say({ error: "12" })', 'error: got "12" (valid: a number from 0 to 100)'],
    ['has no error', 'say({ status: "completed" })', 'error: missing (valid: a number from 0 to 100)'],
    ['has an unknown status', 'say({ status: "done", error: 1 })', 'status: got "done" (valid: completed, diverged)'],
    [
      'has an unknown key',
      'say({ error: 1, top5: 2 })',
      'unknown key "top5" (valid: an object of status, error, top5Error',
    ],
    ['is more than done', 'say({ progress: 1.5 })', 'progress: got 1.5 (valid: a number from 0 to 1)'],
    ['has an epoch without an error', 'say({ epoch: 1 })', 'testError: missing (valid: a number from 0 to 100)'],
    ['counts epochs from 0', 'say({ epoch: 0, testError: 1 })', 'epoch: got 0 (valid: an integer of at least 1)'],
    ['goes back', 'say({ epoch: 2, testError: 1 }); say({ epoch: 1, testError: 1 }); say({ error: 1 })', 'epochs'],
    ['answers another job', 'say({ job: 2, error: 1 })', 'job: got 2 (valid: 1, the job that it was asked)'],
    [
      'writes without an end of line',
      'setInterval(() => process.stdout.write("x".repeat(1e5)), 1)',
      'wrote a line of more than 1000000 characters',
    ],
  ])('a program that %s is no result, and told', async (_, code, reason) => {
    await expect(askOnce(code)).rejects.toThrow(reason);
  });

  test('the reason names the command and ends with what the program wrote to its standard error', async () => {
    const code = 'console.error("CUDA out of memory"); process.exit(1)';
    const file = join(directory, 'train.cjs');
    writeFileSync(file, code);
    await expect(askOnce('', { command: ['node', 'train.cjs'] })).rejects.toThrow(
      /^node train\.cjs: ended with exit status 1; the end of its standard error:\nCUDA out of memory$/,
    );
  });

  test.each<[string, string]>([
    ['never answers', 'setInterval(() => 0, 1000)'],
    ['closes its standard input', 'require("node:fs").closeSync(0); setInterval(() => 0, 1000)'],
    ['closes its standard output', 'require("node:fs").closeSync(1); setInterval(() => 0, 1000)'],
    ['does not end after its result', 'say({ error: 1 }); setInterval(() => 0, 1000)'],
  ])('a program that %s is killed after its time limit', async (_, code) => {
    await expect(askOnce(code, { timeLimit: 0.5 })).rejects.toThrow('took longer than its time limit of 0.5 s');
  });

  test('a program that closes its standard input before a long job is read is told', async () => {
    const job = { ...toyJob, network: { ...toyJob.network, parameters: { ['p'.repeat(1_000_000)]: 1 } } };
    const code = 'require("node:fs").closeSync(0); setInterval(() => 0, 1000)';
    await expect(askOnce(code, { job })).rejects.toThrow('closed its standard input before it had read its job');
  });

  test('a program that cannot be started is no result, and one that is not there is refused at once', async () => {
    const file = join(directory, 'train');
    writeFileSync(file, '#!/no/such/interpreter\n');
    chmodSync(file, 0o755);
    await expect(askOnce('', { command: ['./train'] })).rejects.toThrow(
      './train: could not be started: spawn ./train ENOENT',
    );
    expect(() => evaluatorOf('', { command: ['./tran'] })).toThrow(
      `evaluator.command[0]: no program "./tran" (valid: an executable file at ${join(directory, 'tran')})`,
    );
    expect(() => evaluatorOf('', { command: ['no-such-program-1'] })).toThrow(
      'no program "no-such-program-1" (valid: an executable file at the PATH)',
    );
  });
});

/** A program that starts another and never answers; the ids of both are in a file. */
const family = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' });
  require('node:fs').writeFileSync('pids', [process.pid, child.pid].join(' '));
  setInterval(() => 0, 1000);`;

async function pidsOfFamily(): Promise<number[]> {
  while (!isFamilyThere()) await setTimeout(10);
  return readFileSync(join(directory, 'pids'), 'utf8').split(' ').map(Number);
}

function isFamilyThere(): boolean {
  const file = join(directory, 'pids');
  return existsSync(file) && readFileSync(file, 'utf8').includes(' ');
}

/** Twice as many seconds each time, until they were enough for the family to start: on a busy machine that takes some. */
async function inEnoughTime(action: (seconds: number) => unknown): Promise<void> {
  for (let seconds = 1; !isFamilyThere(); seconds *= 2) await action(seconds);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits until processes are gone. Without a parent, they may be zombies for a moment. */
async function allGone(pids: readonly number[]): Promise<void> {
  while (pids.some((pid) => isAlive(pid) && !isZombie(pid))) await setTimeout(10);
}

function isZombie(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout === '' || stdout.startsWith('Z');
}

describe('commandEvaluator(options) kills a program with all that it started', () => {
  test('when it is interrupted, and rejects with the reason', async () => {
    const controller = new AbortController();
    const outcome = expect(askOnce(family, { control: { signal: controller.signal } })).rejects.toThrow('enough');
    const pids = await pidsOfFamily();
    controller.abort(new Error('enough'));
    await outcome;
    await allGone(pids);
  });

  test('when it took too long', async () => {
    await inEnoughTime((timeLimit) =>
      expect(askOnce(family, { timeLimit })).rejects.toThrow(`took longer than its time limit of ${timeLimit} s`),
    );
    await allGone(await pidsOfFamily());
  });

  test('when it left something behind that holds its output', async () => {
    const code = `${family.replace('setInterval(() => 0, 1000);`', '')} say({ error: 3 }); process.exit()`;
    expect((await askOnce(code)).error).toBe(3);
    await allGone(await pidsOfFamily());
  });

  test('when the process that asks exits', async () => {
    const script = fileURLToPath(new URL('./fixtures/ask-and-exit.mjs', import.meta.url));
    await inEnoughTime((seconds) => {
      const args = [script, family, String(1000 * seconds)];
      expect(spawnSync(process.execPath, args, { cwd: directory }).status).toBe(0);
    });
    await allGone(await pidsOfFamily());
  });

  test('starts nothing after an abort', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(askOnce(family, { control: { signal } })).rejects.toThrow('enough');
    expect(existsSync(join(directory, 'pids'))).toBe(false);
  });
});

describe("commandEvaluator({ processes: 'many' })", () => {
  const many = (code: string): Evaluator => evaluatorOf(code, { processes: 'many' });
  const errorOf = async (evaluator: Evaluator): Promise<number> => (await evaluator.evaluate(toyJob, {})).error;

  test('asks one process one job after the other', async () => {
    const evaluator = many('let n = 0; jobs(({ job }) => { say({ job, progress: 0.5 }); say({ job, error: ++n }) })');
    expect([await errorOf(evaluator), await errorOf(evaluator), await errorOf(evaluator)]).toEqual([1, 2, 3]);
    await evaluator.close();
  });

  test('starts it anew after it died', async () => {
    const code = 'let n = 0; jobs(({ job }) => ++n === 2 ? process.exit(1) : say({ job, error: n }))';
    const evaluator = many(code);
    expect(await errorOf(evaluator)).toBe(1);
    await expect(errorOf(evaluator)).rejects.toThrow('ended with exit status 1');
    expect(await errorOf(evaluator)).toBe(1);
    await evaluator.close();
  });

  test('takes no line for another job than it names', async () => {
    const late = many('jobs(({ job }) => { say({ job, error: 1 }); say({ job, error: 2 }) })');
    expect(await errorOf(late)).toBe(1);
    await expect(errorOf(late)).rejects.toThrow(
      '{"job":1,"error":2}: job: got 1 (valid: 2, the job that it was asked)',
    );
    expect(await errorOf(late)).toBe(1);
    await late.close();
    const silent = many('jobs(() => say({ error: 1 }))');
    await expect(errorOf(silent)).rejects.toThrow('job: missing (valid: 1, the job that it was asked)');
    await silent.close();
  });

  test('lets it end when there are no more jobs', async () => {
    const code = `jobs(({ job }) => say({ job, error: 1 }));
      process.stdin.on('end', () => require('node:fs').writeFileSync('ended', ''))`;
    const evaluator = many(code);
    await errorOf(evaluator);
    await evaluator.close();
    expect(existsSync(join(directory, 'ended'))).toBe(true);
  });
});
