import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fixture, netspace, resultOf, startNetspace } from './fixtures/netspace.js';

const tiny = fixture('tiny.yaml');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A run whose networks are drawn, and a process that follows it and has looked once. */
async function followed(name: string) {
  const out = join(folder, name);
  expect((await netspace('study', 'sample', tiny, '--out', out)).status).toBe(0);
  const child = startNetspace(['study', 'status', out, '--follow']);
  const ended = resultOf(child);
  await new Promise((resolve) => child.stdout!.once('data', resolve));
  return { out, child, ended };
}

test('netspace study status of a run without results goes on with training, which takes the file of the study', async () => {
  const out = join(folder, 'drawn');
  expect((await netspace('study', 'sample', tiny, '--out', out)).status).toBe(0);
  const ofStudy = await netspace('study', 'status', tiny, '--out', out);
  expect([ofStudy.status, ofStudy.output]).toEqual([
    0,
    expect.stringMatching(/\n0 of 6 trainings have a result\nNext: netspace study train .*tiny\.yaml --out .*drawn\n$/),
  ]);
  const { status, output } = await netspace('study', 'status', out);
  expect([status, output]).toEqual([0, expect.stringMatching(/\n0 of 6 trainings have a result\n$/)]);
});

describe('netspace study status --follow', () => {
  test('prints what has changed until all is trained', async () => {
    const { out, ended } = await followed('whole');
    expect((await netspace('study', 'train', tiny, '--out', out, '--workers', '1')).status).toBe(0);
    const { status, output, errors } = await ended;
    expect([status, errors]).toEqual([0, '']);
    const results = [...output.matchAll(/^(\d) of 6 trainings have a result/gm)].map(([, count]) => Number(count));
    expect([results[0], results.at(-1)]).toEqual([0, 6]);
    expect(output).toMatch(/^RegNetX +3 +\d +\d +0 +0$/m);
    const pages = output.split(/(?<=have a result.*\n)\n/);
    expect(new Set(pages).size).toBe(pages.length);
    expect(output.endsWith(`Next: netspace study analyse ${out}\n`)).toBe(true);
  });

  test('ends by Ctrl-C with status 130, and leaves the run as it is', async () => {
    const { out, child, ended } = await followed('interrupted');
    const before = readdirSync(out, { recursive: true }).sort();
    child.kill('SIGINT');
    const { status, errors } = await ended;
    expect([status, errors]).toEqual([130, `interrupted\nTo go on: netspace study status ${out} --follow\n`]);
    expect(readdirSync(out, { recursive: true }).sort()).toEqual(before);
  });

  test('ends where nobody reads what it prints', async () => {
    const { out, child, ended } = await followed('unread');
    child.stdout!.destroy();
    // Half of it: there is something to print, and it is not the end.
    expect((await netspace('study', 'train', tiny, '--out', out, '--shard', '1/2', '--workers', '1')).status).toBe(0);
    expect(await ended).toMatchObject({ status: 0, errors: '' });
  });
});
