import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { completed } from './conformance/sample-records.js';
import { processesClaiming } from './fixtures/other-processes.js';
import { runIn } from './fixtures/run-in.js';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { type Claims, openClaims, readLifeSigns, type RunFolder } from './index.js';

const folder = temporaryFolder();
const task = completed('a');
/** So long that nothing happens by itself. */
const long = 1e6;

const opened: Claims[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((claims) => claims.close()));
});

async function open(run: RunFolder, writer: string, patience = long): Promise<Claims> {
  const claims = await openClaims(run, writer, patience);
  opened.push(claims);
  return claims;
}

describe('openClaims(folder, writer)', () => {
  test('a task is one writer’s, for good; other tasks are not', async () => {
    const run = await runIn(folder());
    const [first, second] = [await open(run, 'first'), await open(run, 'second')];
    expect([await first.take(task), await second.take(task), await first.take(task)]).toEqual([true, false, true]);
    expect(await second.take({ ...task, replicate: 1 })).toBe(true);
    expect(await second.take({ ...task, conditions: 'other' })).toBe(true);
    expect(await second.take(completed('b'))).toBe(true);
  });

  test('what else is known of a task does not matter', async () => {
    const run = await runIn(folder());
    const [first, second] = [await open(run, 'first'), await open(run, 'second')];
    expect(await first.take(task)).toBe(true);
    const same = { ...task, arm: 'other', network: { ...task.network, index: 9 } };
    expect(await second.take(same)).toBe(false);
  });

  test('what a writer has that ended others may take, one of them, once they have looked', async () => {
    const run = await runIn(folder());
    const first = await openClaims(run, 'first', long);
    const [second, third] = [await open(run, 'second'), await open(run, 'third')];
    await first.take(task);
    await first.close();
    expect(await second.take(task)).toBe(false);
    await Promise.all([second.look(), third.look()]);
    expect((await Promise.all([second.take(task), third.take(task)])).sort()).toEqual([false, true]);
    expect(readdirSync(run.claims)).toHaveLength(2);
  });

  test('what a writer has that gives no more signs others may take, and no claim is lost by it', async () => {
    const run = await runIn(folder());
    const first = await openClaims(run, 'first', long);
    await first.take(task);
    const second = await open(run, 'second', 40);
    const start = performance.now();
    while (!(await second.take(task))) {
      await second.look();
      await new Promise((done) => setTimeout(done, 5));
    }
    expect(performance.now() - start).toBeGreaterThanOrEqual(39);
    // The first goes on, as after a sleep: it has its task still, and so has the second.
    expect(await first.take(task)).toBe(true);
    await first.close();
  });

  test('a writer gives signs of life until it ends', async () => {
    const run = await runIn(folder());
    const claims = await openClaims(run, 'first', 20);
    const [before] = await readLifeSigns(run);
    while ((await readLifeSigns(run))[0]!.beats < before!.beats + 3) await new Promise((done) => setTimeout(done, 5));
    await claims.close();
    const [after] = await readLifeSigns(run);
    expect(after).toEqual({ ...before, date: after!.date, beats: after!.beats, ended: true });
    expect(after!.date > before!.date).toBe(true);
    await new Promise((done) => setTimeout(done, 30));
    expect(await readLifeSigns(run)).toEqual([after]);
  });

  test('a claim that names nobody, as after a crash, is free when it was watched', async () => {
    const run = await runIn(folder());
    const claims = await open(run, 'first', 20);
    const other = await open(run, 'other', long);
    await other.take(task);
    const [name] = readdirSync(run.claims);
    writeFileSync(join(run.claims, name!), '');
    expect(await claims.take(task)).toBe(false);
    await new Promise((done) => setTimeout(done, 25));
    await claims.look();
    expect(await claims.take(task)).toBe(true);
  });

  test('of several processes that take the same 1,000 tasks at once, one gets each', async () => {
    const run = await runIn(folder());
    const names = ['a', 'b', 'c', 'd'];
    const taken = await processesClaiming(run, names, 1000);
    expect(taken.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    const holders = readdirSync(run.claims).map((file) => readFileSync(join(run.claims, file), 'utf8'));
    const counts = names.map((name) => holders.filter((holder) => holder === name).length);
    expect(counts).toEqual(taken.map(({ length }) => length));
  });
});
